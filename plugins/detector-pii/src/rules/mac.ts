import { charSet, patternGate } from '@sluice/detect'
import type { PiiRule } from '../identifier.ts'

const macGate = patternGate(/[:-][0-9A-Fa-f]{2}[:-][0-9A-Fa-f]{2}[:-]|\.[0-9A-Fa-f]{4}\./, 7)
const hex = charSet('0-9A-Fa-f')

/** IEEE 802, EUI-48: six octets, or three groups of four as Cisco writes them. */
export const macRules: readonly PiiRule[] = [
  {
    name: 'mac',
    type: 'PII_MAC_ADDRESS',
    confidence: 0.85,
    evidence: 'pattern',
    anchor: { type: 'gate', gate: macGate },
    head: { chars: hex, min: 2, max: 2 },
    boundary: charSet('A-Za-z0-9_:\\-'),
    pattern: /(?<m>[:-])[0-9A-Fa-f]{2}(?:\k<m>[0-9A-Fa-f]{2}){4}(?![A-Za-z0-9_]|[:-][0-9A-Fa-f])/,
    length: 18,
    accept: ({ value }) => !namesNobody(value),
  },
  {
    name: 'mac-dotted',
    type: 'PII_MAC_ADDRESS',
    confidence: 0.7,
    evidence: 'pattern',
    anchor: { type: 'gate', gate: macGate },
    head: { chars: hex, min: 4, max: 4 },
    boundary: charSet('A-Za-z0-9_.\\-'),
    pattern: /\.[0-9A-Fa-f]{4}\.[0-9A-Fa-f]{4}(?![A-Za-z0-9_]|\.\w)/,
    length: 14,
    accept: ({ value }) => !namesNobody(value),
  },
]

/** All zeros, and everybody. */
function namesNobody(value: string): boolean {
  return /^(?:0+|f+)$/i.test(value.replace(/[:.-]/g, ''))
}
