import { charSet } from '@sluice/detect'
import type { PiiRule } from '../identifier.ts'

/** RFC 5322 3.4.1 as people write it: no quotes, no comments; at most 64 units before the `@` (RFC 5321 4.5.3.1.1). */
export const emailRules: readonly PiiRule[] = [
  {
    name: 'email',
    type: 'PII_EMAIL',
    confidence: 0.9,
    evidence: 'pattern',
    anchor: { type: 'literal', literals: ['@'] },
    head: { chars: charSet('A-Za-z0-9._%+\\-', { nonAscii: true }), min: 1, max: 64 },
    pattern:
      /@(?:[A-Za-z0-9\u0080-\uffff](?:[A-Za-z0-9\u0080-\uffff-]{0,61}[A-Za-z0-9\u0080-\uffff])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9])/,
    length: 512 + 32,
    stop: /[^A-Za-z0-9.\u0080-\uffff-]/,
    accept: ({ value }) => {
      const at = value.lastIndexOf('@')
      const domain = value.slice(at + 1).toLowerCase()
      // Login names of version control, and file names such as `icon@2x.png`.
      if (/^(?:git|hg|svn)$/.test(value.slice(0, at)) || fileName.test(domain)) return false
      return reserved.test(domain) ? { confidence: 0.5, severity: 'LOW' } : true
    },
  },
]

const fileName = /^\d+(?:\.\d+)?x\.|\.(?:png|jpe?g|gif|svg|webp|css|js|mjs|cjs|ts|tsx|jsx|json|html?|map|lock|tgz|gz)$/
/** RFC 2606: set aside for examples. */
const reserved = /(?:^|\.)(?:example\.(?:com|org|net)|example|test|invalid|localhost)$/
