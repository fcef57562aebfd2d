import { charSet, shannonEntropy, type Verdict } from '@sluice/detect'
import { isPlaceholder } from '../placeholder.ts'
import { type SecretRule, token, tokenEnd } from '../secret-rule.ts'

const databases =
  /^(?:postgres(?:ql)?|mysqlx?|mariadb|mongodb|redis|rediss|amqps?|mssql|sqlserver|oracle|clickhouse|nats|kafka|ldaps?|cockroachdb|snowflake|couchbase|neo4j|bolt|jdbc)/i

/** RFC 3986 3.2.1 (userinfo); RFC 7519 (JWT). */
export const urlAndTokenRules: readonly SecretRule[] = [
  {
    name: 'connection-string',
    title: 'Connection string with a password (PostgreSQL, MySQL, MongoDB, Redis, AMQP, …)',
    ...urlWithPassword((scheme) => databases.test(scheme)),
    confidence: 0.9,
    examples: {
      found: [
        'DATABASE_URL=[[postgres://app:k3yB0ard@db.internal:5432/prod?sslmode=require]]',
        '[[mongodb+srv://root:{an:12}@cluster0.ab1cd.mongodb.net/test]]"',
        '[[redis://:{an:20}@10.0.0.1:6379/0]] ok',
      ],
      clean: [
        'postgres://localhost:5432/prod',
        'postgres://app@db.internal/prod',
        'postgres://${USER}:${PASSWORD}@db/prod',
        'postgres://user:<password>@host/db',
      ],
    },
  },
  {
    name: 'basic-auth-url',
    title: 'URL with a user name and password',
    ...urlWithPassword((scheme) => !databases.test(scheme)),
    confidence: 0.8,
    examples: {
      found: ['curl [[https://alice:{an:12}@example.com/path]]', '[[ftp://u:{an:9}@files.example.com]]'],
      clean: ['https://example.com:8080/a@b', 'https://user:$TOKEN@example.com', 'see http://a.b/c:d@e'],
    },
  },
  {
    ...token('json-web-token', {
      title: 'JSON Web Token',
      prefix: 'eyJ',
      body: '',
      length: 8192,
      type: 'CREDENTIALS_TOKEN',
      confidence: 0.9,
      found: 'Authorization: Bearer [[eyJ{an:33}.eyJ{an:80}.{url:43}]]',
      clean: ['eyJ{an:33}', 'eyJ{an:33}.eyJ{an:80}', 'eyJ{an:33}.{an:8}'],
    }),
    boundary: charSet('A-Za-z0-9_\\-'),
    pattern: new RegExp(`eyJ[A-Za-z0-9_-]{14,1500}\\.eyJ[A-Za-z0-9_-]{10,5500}\\.[A-Za-z0-9_-]{16,1024}${tokenEnd}`),
    stop: /[^A-Za-z0-9_.-]/,
    accept: ({ value }) => shannonEntropy(value) >= 3.5 && grantsSomething(value),
  },
]

/**
 * Claims by which somebody is let in (RFC 7519 4.1, RFC 8693, OpenID Connect Core 5.1). Tokens of tests and documentation
 * (`{"message":"hello"}`) have none. What cannot be read, or is encrypted, counts as if it had.
 */
function grantsSomething(token: string): boolean {
  try {
    const payload: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')))
    if (typeof payload !== 'object' || payload === null) return true
    return Object.keys(payload).some((claim) => claims.test(claim))
  } catch {
    return true
  }
}

const claims =
  /^(?:iss|sub|aud|exp|nbf|iat|jti|azp|act|scope|scp|roles?|permissions?|sid|nonce|client_?id|user_?(?:id|name)?|uid|upn|email|name|tenant|org|account|api_?key|id|type|kid|v|data|auth\w*|access\w*|grants?)$|[:/]/i

/** From the scheme to the end of the host, port and path. */
function urlWithPassword(
  belongs: (scheme: string) => boolean,
): Omit<SecretRule, 'name' | 'title' | 'confidence' | 'examples'> {
  return {
    type: 'CREDENTIALS_CONNECTION_STRING',
    anchor: { type: 'literal', literals: ['://'] },
    head: { chars: charSet('A-Za-z0-9+.\\-'), min: 2, max: 24 },
    pattern:
      /:\/\/(?<user>[^\s:@/"'`<>\\]{0,64}):(?<password>[^\s@/"'`<>\\]{1,128})@[A-Za-z0-9._[\]-]{1,253}(?:[:,][A-Za-z0-9._:,-]{1,256})?(?:[/?][A-Za-z0-9._~/?&=%+-]{0,256})?/,
    length: 1000,
    stop: /[\s"'`<>\\]/,
    accept: ({ value, groups }): Verdict => {
      const password = groups['password'] ?? ''
      if (!belongs(value) || /^[$%{]/.test(password)) return false
      if (!isPlaceholder(password)) return true
      // `user:pass@host` is how documentation writes it.
      return isPlaceholder(groups['user'] ?? '') ? false : { confidence: 0.4, severity: 'LOW' }
    },
  }
}
