import { charSet, patternGate, type Verdict } from '@sluice/detect'
import { numberGate } from '../gates/number-gate.ts'
import type { PiiRule } from '../identifier.ts'

const byte = '(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)'
const colonGate = patternGate(/:[0-9A-Fa-f]{0,4}:/, 6)

/** RFC 791 dotted decimal; RFC 4291 2.2. */
export const ipRules: readonly PiiRule[] = [
  {
    name: 'ipv4',
    type: 'PII_IP_ADDRESS',
    confidence: 0.75,
    evidence: 'pattern',
    shapes: ['1.', '2.', '3.'],
    anchor: { type: 'gate', gate: numberGate },
    boundary: charSet('A-Za-z0-9_.\\-'),
    context: 16,
    pattern: new RegExp(`${byte}(?:\\.${byte}){3}(?![\\dA-Za-z_]|[.-][\\dA-Za-z])`),
    length: 18,
    stop: /[^\d.-]/,
    accept: ({ value, before }): Verdict => {
      if (/(?:version|release|ver|rev|build)\W{0,4}$/i.test(before)) return false
      if (isLocal(value)) return { confidence: 0.2 }
      return isPrivate(value) ? { confidence: 0.4 } : true
    },
  },
  {
    name: 'ipv6',
    type: 'PII_IP_ADDRESS',
    confidence: 0.8,
    evidence: 'pattern',
    anchor: { type: 'gate', gate: colonGate },
    head: { chars: charSet('0-9A-Fa-f'), min: 0, max: 4 },
    boundary: charSet('A-Za-z0-9_:.'),
    pattern: /(?::[0-9A-Fa-f]{0,4}){2,8}(?:(?<=:\d{1,3})(?:\.\d{1,3}){3})?(?![0-9A-Za-z_:])/,
    length: 60,
    stop: /[^0-9A-Fa-f:.]/,
    accept: ({ value }): Verdict => {
      if (!isIpv6(value)) return false
      if (/^(?:::1?$|fe[89ab]|ff)/i.test(value)) return { confidence: 0.2 }
      return /^f[cd]/i.test(value) ? { confidence: 0.4 } : true
    },
  },
]

/** RFC 1122 and 3927: this host, this link, everybody. */
function isLocal(address: string): boolean {
  return /^(?:0|127|255)\.|^169\.254\./.test(address)
}

/** RFC 1918, 5737, 6598: addresses that name nobody on the internet. */
function isPrivate(address: string): boolean {
  return /^10\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^192\.0\.2\.|^198\.51\.100\.|^203\.0\.113\.|^100\.(?:6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./.test(
    address,
  )
}

function isIpv6(text: string): boolean {
  const halves = text.split('::')
  if (halves.length > 2 || !/\d/.test(text)) return false
  const groups = halves.flatMap((half) => (half === '' ? [] : half.split(':')))
  if (groups.some((group) => group === '')) return false
  const count = groups.length + (text.includes('.') ? 1 : 0)
  if (halves.length === 1) return count === 8
  // Scope resolution in code (`a::b1`) looks like an address of two groups.
  return count <= 7 && (count >= 3 || /^::|^f[cdef]|^2[0-9a-f]{3}:|::$/i.test(text))
}
