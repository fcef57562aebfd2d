import { nothing, type Verdict } from '@sluice/detect'
import { assignmentGate, nameBefore, nameLength } from '../assignment-gate.ts'
import { looksGenerated, looksLikePassword } from '../judge-value.ts'
import { isPlaceholder } from '../placeholder.ts'
import { hasEntropy, type SecretRule } from '../secret-rule.ts'
import type { SecretType } from '../types.ts'

/** `=`, `:`, `:=`, `=>`, `==`, the end of an XML tag, the comma after a quoted name; perhaps an authorization scheme, perhaps quotes (escaped ones too). */
const operator = '(?:[=:]{1,3}>?|>|",)[ \\t]{0,4}(?:\\r?\\n[ \\t]{1,8})?'
const quote = '(?<quote>\\\\{0,3}["\'`])?'
const scheme = '(?:(?:Bearer|Basic|Token|token|bearer|basic|ApiKey|Api-Token|Api-Key|Key|Bot)[ \\t]{1,2})?'

interface AssignmentOptions {
  readonly title: string
  readonly type?: SecretType
  readonly confidence: number
  readonly severity?: SecretRule['severity']
  readonly rank?: SecretRule['rank']
  /** The value, as the source of a regular expression; 256 units at most. */
  readonly value: string
  /** Whether the name and the value make a secret. */
  readonly judge: (name: string, value: string, quoted: boolean) => Verdict
  readonly examples: SecretRule['examples']
}

function assignment(name: string, options: AssignmentOptions): SecretRule {
  const { title, type = 'CREDENTIALS_API_KEY', confidence, severity, rank, value, judge, examples } = options
  return {
    name,
    title,
    type,
    confidence,
    ...(severity === undefined ? {} : { severity }),
    ...(rank === undefined ? {} : { rank }),
    evidence: 'keyword',
    anchor: { type: 'gate', gate: assignmentGate },
    boundary: nothing,
    context: nameLength + 8,
    pattern: new RegExp(`${operator}${quote}${scheme}(?<value>${value})`),
    length: 300,
    // A word or value and what ends it; after the word of an authorization scheme the value is still to come.
    stop: new RegExp(`(?<=[\\s"'\`\\\\=:>])(?!${scheme.slice(3, -2)})[^\\s"'\`\\\\=:>,][^\\s"'\`]{0,50}[\\s"'\`]`),
    accept: ({ value: found, groups, before }) => {
      const assigned = nameBefore(`${before}=`, before.length)
      return assigned !== undefined && judge(assigned, found, groups['quote'] !== undefined)
    },
    examples,
  }
}

const hex = (length: number): string => `[a-fA-F0-9]{${length}}(?![A-Za-z0-9])`

/** Credentials without a form of their own, known by the name they are assigned to. */
export const assignmentRules: readonly SecretRule[] = [
  assignment('aws-secret-access-key', {
    title: 'AWS secret access key',
    confidence: 0.95,
    severity: 'CRITICAL',
    value: '[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])',
    judge: (name, value) => /aws|amazon|secret.?access.?key|accesssecret/i.test(name) && hasBits(value, 4),
    examples: {
      found: [
        'aws_secret_access_key = [[{b64:40}]]',
        '"SecretAccessKey": "[[{b64:40}]]"',
        "AWS_SECRET_ACCESS_KEY='[[{b64:40}]]'",
      ],
      clean: ['aws_secret_access_key={b64:8}'],
    },
  }),
  assignment('datadog-key', {
    title: 'Datadog API or application key',
    confidence: 0.9,
    value: `(?:${hex(32)}|${hex(40)})`,
    judge: (name, value) => /datadog|(?:^|[^a-z])dd[_-]/i.test(name) && hasBits(value, 3),
    examples: { found: ['DD_API_KEY=[[{hex:32}]]', 'datadog_app_key: "[[{hex:40}]]"'], clean: ['ADD_KEY={hex:8}'] },
  }),
  assignment('twilio-auth-token', {
    title: 'Twilio auth token',
    confidence: 0.9,
    value: hex(32),
    judge: (name, value) => /twilio/i.test(name) && hasBits(value, 3),
    examples: { found: ['TWILIO_AUTH_TOKEN=[[{hex:32}]]'], clean: ['TWILIO_AUTH_TOKEN=changeme'] },
  }),
  assignment('cloudflare-api-token', {
    title: 'Cloudflare API key or token',
    confidence: 0.9,
    value: `(?:[A-Za-z0-9_-]{40}(?![A-Za-z0-9_-])|${hex(37)})`,
    judge: (name, value) => /cloudflare|(?:^|_)cf_/i.test(name) && hasBits(value, 3.2),
    examples: { found: ['CLOUDFLARE_API_TOKEN=[[{an:40}]]'], clean: ['CLOUDFLARE_API_TOKEN=abc'] },
  }),
  assignment('heroku-legacy-api-key', {
    title: 'Heroku API key (older form)',
    confidence: 0.9,
    value: '[a-fA-F0-9]{8}-(?:[a-fA-F0-9]{4}-){3}[a-fA-F0-9]{12}',
    judge: (name) => /heroku/i.test(name),
    examples: { found: ['HEROKU_API_KEY=[[{uuid}]]'], clean: ['SESSION_ID={uuid}'] },
  }),
  assignment('password-assignment', {
    title: 'Password beside a name that says so',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.75,
    rank: 'generic',
    value: '(?<=["\'`])[^\\s"\'`\\\\]{6,200}|(?<!["\'`])[^\\s"\'`\\\\,;&<>()]{6,200}',
    judge: (name, value, quoted) =>
      passwordName.test(name) && !isField.test(name) && looksLikePassword({ value, quoted }),
    examples: {
      found: [
        'DB_PASSWORD="[[h7!kQz_2pL]]"',
        '{\\"password\\":\\"[[tr0ub4dor&3]]\\"}',
        'password: [[Xk29vbqT7]]\n',
        'Server=db;User Id=sa;Password=[[Str0ng!Pass]];',
        "passphrase = '[[correct9Horse!]]'",
      ],
      clean: [
        'password: string',
        'password = "password"',
        'password="${DB_PASSWORD}"',
        'const password = process.env.DB_PASSWORD1',
        'password: <your-password>',
        'type="password" name="x"',
        'PASSWORD=********',
        'password_min_length: 12345678',
        'forgot password? see https://example.com/reset/a1b2c3',
      ],
    },
  }),
  assignment('secret-assignment', {
    title: 'Generated key, token or secret beside a name that says so',
    confidence: 0.7,
    severity: 'MEDIUM',
    rank: 'generic',
    value: '[A-Za-z0-9_.=+/~@!-]{10,200}',
    judge: (name, value, quoted) =>
      !publicName.test(name) && !ofAnother.test(value) && looksGenerated({ value, quoted }),
    examples: {
      found: [
        'api_key = "[[{an:32}]]"',
        '"client_secret": "[[{an:40}]]"',
        'AUTH_TOKEN=[[{hex:40}]]',
        'Authorization: Bearer [[{an:40}]]',
        'harness_TOKEN ?= "[[{an:24}]]"',
        'System.setProperty("ADAFRUIT_TOKEN", "[[{an:32}]]")',
        'https://api.acme.com/v1?access_token=[[{an:32}]]',
      ],
      clean: [
        'max_tokens: 4096',
        'api_key = "your-api-key-here"',
        'token = getTokenFromHeader2(request)',
        'const cacheKey = "user-profile-page-v2"',
        'public_key = "{an:40}"',
        'secret: process.env.CLIENT_SECRET_V2',
        'api_key: "https://example.com/keys/a1b2c3d4e5f6"',
        'token: eslint-plugin-import/no-cycle2',
      ],
    },
  }),
]

const passwordName = /passw(?:or)?d|passphrase|passcode|passwort|contraseña|pwd|(?:^|[_.-])pass$/i
const isField =
  /(?:hash|field|length|policy|regex|pattern|input|label|file|path|url|type|rule|rules|min|max|count|age|hint|id|name)$/i
/** A signed token has a rule of its own: one that it refuses, since it lets nobody in, is not reported here either. */
const ofAnother = /^eyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]{16}/
const publicName =
  /public|pub_|token_?(?:type|count|limit|url|uri|endpoint)|tokens$|keyword|primary|foreign|sort|cache|partition|id$|(?:hash|digest|fingerprint|thumbprint|checksum|etag|length|size|version|name|path|file)$|vault/i

function hasBits(value: string, bits: number): boolean {
  return !isPlaceholder(value) && hasEntropy(bits)({ value, groups: {}, before: '' }) === true
}
