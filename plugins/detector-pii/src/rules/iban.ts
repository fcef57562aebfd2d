import { ibanLengths, passesIbanChecksum, patternGate, type Verdict } from '@sluice/detect'
import type { PiiRule } from '../identifier.ts'

const ibanGate = patternGate(/[A-Z]{2}\d{2}[ -]?[A-Z0-9]{4}/i, 9)

/** ISO 13616-1, electronic format or in groups of four. */
export const ibanRules: readonly PiiRule[] = [
  {
    name: 'iban',
    type: 'FINANCIAL_IBAN',
    confidence: 0.98,
    evidence: 'checksum',
    anchor: { type: 'gate', gate: ibanGate },
    // 33 characters at most in Russia's, and 8 separators.
    pattern: /[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}/i,
    length: 66,
    stop: /[^A-Za-z0-9 -]/,
    accept: ({ value }) => wholeIban(value),
  },
]

/** The pattern may have read on into the next word: the country says where the number ends. */
function wholeIban(value: string): Verdict {
  const length = ibanLengths.get(value.slice(0, 2).toUpperCase())
  if (length === undefined) return false
  let units = 0
  for (let characters = 0; characters < length; units++) {
    if (units >= value.length) return false
    if (value[units] !== ' ' && value[units] !== '-') characters++
  }
  const next = value[units]
  if (next !== undefined && next !== ' ' && next !== '-') return false
  const iban = value.slice(0, units).replace(/[ -]/g, '').toUpperCase()
  return passesIbanChecksum(iban) && { units }
}
