import { nothing } from '@sluice/detect'
import { type SecretRule, token } from '../secret-rule.ts'

/** Units of the longest key block that is covered whole. */
const longestBlock = 8192

/** RFC 7468 (PEM), RFC 9580 6.2 (PGP armour), OpenSSH's PROTOCOL.key, PuTTY's PPK; age: age-encryption.org/v1. */
export const privateKeyRules: readonly SecretRule[] = [
  {
    name: 'pem-private-key',
    title: 'Private key in PEM or PGP armour (RSA, EC, DSA, OpenSSH, PGP, encrypted), the whole block',
    type: 'CREDENTIALS_PRIVATE_KEY',
    confidence: 0.98,
    anchor: { type: 'literal', literals: ['-----BEGIN'] },
    boundary: nothing,
    // The body ends at the next row of five dashes; a block that is cut off or never ends is a key all the same.
    pattern:
      /-----BEGIN[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----(?:[^-]|-(?!----)){40,8000}(?:-----END[ A-Z0-9]{0,40}PRIVATE KEY(?: BLOCK)?-----)?/,
    length: longestBlock,
    stop: /-----END[ A-Z0-9]{0,45}-----/,
    // Prose about keys has no such line.
    accept: ({ value }) => /[A-Za-z0-9+/=]{40}/.test(value),
    examples: {
      found: [
        '[[-----BEGIN RSA PRIVATE KEY-----\n{b64:64}\n{b64:64}\n{b64:30}==\n-----END RSA PRIVATE KEY-----]]\n',
        'key: [[-----BEGIN OPENSSH PRIVATE KEY-----\n{b64:70}\n{b64:70}\n-----END OPENSSH PRIVATE KEY-----]]',
        '[[-----BEGIN ENCRYPTED PRIVATE KEY-----\n{b64:64}\n{b64:64}\n-----END ENCRYPTED PRIVATE KEY-----]]',
        '[[-----BEGIN EC PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-256-CBC,{hex:32}\n\n{b64:64}\n-----END EC PRIVATE KEY-----]]',
        '[[-----BEGIN PGP PRIVATE KEY BLOCK-----\nVersion: X\n\n{b64:64}\n={b64:4}\n-----END PGP PRIVATE KEY BLOCK-----]]',
        '{"type":"service_account","private_key":"[[-----BEGIN PRIVATE KEY-----\\n{b64:64}\\n{b64:64}\\n-----END PRIVATE KEY-----]]\\n"}',
        'cut off: [[-----BEGIN PRIVATE KEY-----\n{b64:64}\n{b64:40}]]',
      ],
      clean: [
        '-----BEGIN CERTIFICATE-----\n{b64:64}\n-----END CERTIFICATE-----',
        '-----BEGIN PUBLIC KEY-----\n{b64:64}\n-----END PUBLIC KEY-----',
        'A file that has -----BEGIN PRIVATE KEY----- in its first line is a key, and should not be sent to anyone at all.',
        'starts with -----BEGIN PRIVATE KEY----- and ends with -----END PRIVATE KEY-----',
      ],
    },
  },
  {
    name: 'putty-private-key',
    title: 'Private key of PuTTY',
    type: 'CREDENTIALS_PRIVATE_KEY',
    confidence: 0.95,
    anchor: { type: 'literal', literals: ['Private-Lines: '] },
    pattern: /Private-Lines: \d{1,3}\r?\n(?:[A-Za-z0-9+/=]{1,64}\r?\n){1,100}/,
    length: longestBlock,
    stop: /Private-MAC/,
    examples: {
      found: ['Encryption: none\n[[Private-Lines: 2\n{b64:64}\n{b64:40}\n]]Private-MAC: {hex:40}'],
      clean: ['Private-Lines: none'],
    },
  },
  token('age-secret-key', {
    title: 'age secret key',
    prefix: 'AGE-SECRET-KEY-1',
    body: '[QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L]{58}',
    length: 74,
    // A key of one letter repeated has the form of one all the same.
    entropy: 1,
    type: 'CREDENTIALS_PRIVATE_KEY',
    found: '[[AGE-SECRET-KEY-1{bech:58}]]',
    clean: 'AGE-SECRET-KEY-1{bech:10}',
  }),
  token('1password-secret-key', {
    title: '1Password secret key',
    prefix: 'A3-',
    body: '[A-Z0-9]{6}-(?:[A-Z0-9]{11}|[A-Z0-9]{6}-[A-Z0-9]{5})-[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{5}',
    length: 41,
    type: 'CREDENTIALS_PRIVATE_KEY',
    found: '[[A3-{upper:6}-{upper:11}-{upper:5}-{upper:5}-{upper:5}]]',
    clean: 'A3-{upper:6}-{upper:6}',
  }),
]
