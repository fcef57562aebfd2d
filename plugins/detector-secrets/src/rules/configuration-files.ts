import { charSet, nothing, shannonEntropy } from '@sluice/detect'
import { isPlaceholder } from '../placeholder.ts'
import type { SecretRule } from '../secret-rule.ts'

const kindSecret = /^[ \t"']{0,4}kind["']?:[ \t]{0,4}["']?secret\b/im

/** Credentials in the shape of the files they are kept in: Kubernetes, NuGet, Docker, kubeconfig, PostgreSQL's .pgpass. */
export const configurationFileRules: readonly SecretRule[] = [
  {
    name: 'kubernetes-secret-data',
    title: 'Value in a Kubernetes Secret, encoded as these are',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.8,
    severity: 'HIGH',
    evidence: 'keyword',
    anchor: { type: 'literal', literals: ['data:\n', 'data:\r\n', 'data: \n'] },
    boundary: nothing,
    context: 256,
    // Which kind of resource it is may stand before the data or behind them.
    pattern:
      /data:[ ]?\r?\n[ \t]{1,8}["']?[\w.-]{1,64}["']?:[ \t]{1,4}(?:[|>][+-]?\s{1,16})?["']?(?<value>[A-Za-z0-9+/]{10,4000}={0,2})(?<rest>[\s\S]{0,400})/,
    length: 4600,
    accept: ({ value, before, groups }) =>
      kindSecret.test(`${before}\n${groups['rest'] ?? ''}`) && shannonEntropy(value) >= 2.5,
    examples: {
      found: [
        'apiVersion: v1\nkind: Secret\ndata:\n  token: [[{b64:32}]]\n',
        'data:\n  password: "[[{b64:24}]]"\nkind: secret\nmetadata:\n  name: x\n',
      ],
      clean: ['kind: ConfigMap\ndata:\n  token: {b64:32}\n', 'kind: Secret\ndata:\n  note: short\n'],
    },
  },
  {
    name: 'nuget-clear-text-password',
    title: 'Password in a NuGet configuration',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.85,
    evidence: 'keyword',
    anchor: { type: 'literal', literals: ['ClearTextPassword'] },
    boundary: nothing,
    pattern: /ClearTextPassword["']?\s{1,8}value=["'](?<value>[^"'<>\n]{6,200})(?=["'])/,
    length: 240,
    accept: ({ value }) => !isPlaceholder(value),
    examples: {
      found: ['<add key="ClearTextPassword" value="[[{an:16}]]" />'],
      clean: ['<add key="ClearTextPassword" value="%PASSWORD%" />'],
    },
  },
  {
    name: 'docker-registry-auth',
    title: 'Credentials of a container registry in a Docker configuration',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.85,
    evidence: 'keyword',
    anchor: { type: 'literal', literals: ['"auth"'] },
    boundary: nothing,
    pattern: /"auth"\s{0,4}:\s{0,4}"(?<value>[A-Za-z0-9+/]{12,2000}={0,2})(?=")/,
    length: 2030,
    accept: ({ value }) => namesUser(value),
    examples: {
      found: ['{"auths":{"r.test":{"auth": "[[ZGVwbG95Onp4OXE3{an:16}]]"}}}'],
      clean: ['"auth": "{hex:32}"'],
    },
  },
  {
    name: 'kubeconfig-client-key',
    title: 'Client key in a kubeconfig',
    type: 'CREDENTIALS_PRIVATE_KEY',
    confidence: 0.95,
    anchor: { type: 'literal', literals: ['client-key-data:'] },
    boundary: nothing,
    pattern: /client-key-data:\s{0,8}["']?(?<value>LS0tLS1CRUdJTi[A-Za-z0-9+/]{40,8000}={0,2})/,
    length: 8100,
    examples: {
      found: ['    client-key-data: [[LS0tLS1CRUdJTi{an:80}]]\n'],
      clean: ['    client-key-data: DATA+OMITTED\n', '    client-certificate-data: LS0tLS1CRUdJTi{an:80}\n'],
    },
  },
  {
    name: 'pgpass-password',
    title: 'Password in a line of .pgpass',
    type: 'CREDENTIALS_PASSWORD',
    confidence: 0.7,
    severity: 'HIGH',
    evidence: 'keyword',
    anchor: { type: 'literal', literals: [':5432:'] },
    head: { chars: charSet('A-Za-z0-9.*\\-'), min: 1, max: 64 },
    pattern: /:5432:[\w*.-]{1,64}:[\w.-]{1,64}:(?<value>[^\s:"'`<>{}$]{6,128})(?=\s|$)/,
    length: 280,
    accept: ({ value }) => !isPlaceholder(value) && /\d|[^\w]/.test(value),
    examples: {
      found: ['db.acme.test:5432:orders:app:[[{an:18}]]\n'],
      clean: ['db.acme.test:5432:orders:app:password\n', '0.0.0.0:5432:5432/tcp\n'],
    },
  },
]

/** `user:password`, as Docker writes it in base64. */
function namesUser(value: string): boolean {
  try {
    return /^[\w.@+-]{1,128}:[\s\S]{3,}/.test(atob(value))
  } catch {
    return false
  }
}
