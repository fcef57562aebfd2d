import { nothing } from '@sluice/detect'
import { looksLikePassword } from '../judge-value.ts'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretRule } from '../secret-rule.ts'

/** Letters alone, but of both cases, as no word has them. */
function isChosen(value: string): boolean {
  return value.length >= 10 && /[a-z][A-Z]/.test(value) && /[A-Z]{2}|[A-Z][a-z]{0,2}[A-Z]/.test(value)
}

/** curl(1) `-u`; netrc(5); the Bundler documentation of credentials for gem servers. */
export const commandLineRules: readonly SecretRule[] = [
  {
    name: 'curl-user-password',
    title: 'User and password on a command line (curl -u)',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.8,
    evidence: 'keyword',
    anchor: { type: 'literal', literals: [' -u ', ' --user ', ' -u"', " -u'"] },
    boundary: nothing,
    pattern: /[ ](?:-u|--user)[ ]{0,4}["']?[\w.@+-]{1,64}:["']?(?<value>[^\s"'`<>]{6,128})/,
    length: 220,
    accept: ({ value }) => !isPlaceholder(value) && (looksLikePassword({ value, quoted: true }) || isChosen(value)),
    examples: {
      found: ['curl -k -u elastic:[[{an:16}]] https://a.test', "curl --user kevin:'[[{an:16}]]' x"],
      clean: ['curl -u user:password x', 'curl -u "$USER:$PASS" x', 'sort -u a:b'],
    },
  },
  {
    name: 'netrc-password',
    title: 'Password in a netrc line',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.85,
    evidence: 'keyword',
    anchor: { type: 'literal', literals: ['machine '] },
    pattern: /machine[ \t]{1,8}[\w.-]{1,128}\s{1,8}login[ \t]{1,8}\S{1,64}\s{1,8}password[ \t]{1,8}(?<value>\S{6,128})/,
    length: 440,
    accept: ({ value }) => !isPlaceholder(value),
    examples: {
      found: ['machine api.acme.test login deploy password [[{an:20}]]\n'],
      clean: ['machine learning login and password', 'machine a.test login b password <password>'],
    },
  },
  {
    name: 'bundler-gem-server-credential',
    title: 'Bundler credential for the Sidekiq gem server',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.9,
    evidence: 'keyword',
    anchor: { type: 'literal', literals: ['__CONTRIBSYS__COM'] },
    boundary: nothing,
    pattern:
      /__CONTRIBSYS__COM[\w"'`>\]]{0,16}[\s:=?.|+>,]{0,12}["'`]?\s{0,8}(?<value>[a-f0-9]{8}:[a-f0-9]{8})(?![a-f0-9])/,
    length: 90,
    examples: {
      found: ['BUNDLE_GEMS__CONTRIBSYS__COM: "[[{hex:8}:{hex:8}]]"'],
      clean: ['BUNDLE_GEMS__CONTRIBSYS__COM: "user:password"'],
    },
  },
]
