import { isSeverity } from '../policy/severity.ts'
import type { DetectionTypeSpec, Finding } from '../protocol/finding.ts'

const maxDataMembers = 16
const maxDataChars = 128

/**
 * What a plugin returns is not believed: a finding of an undeclared type, with offsets outside its text or that are no
 * numbers, makes the detector faulty. Returns what is wrong, for the record; never text of the exchange.
 */
export function findingFault(
  finding: Finding,
  types: Readonly<Record<string, DetectionTypeSpec>>,
  length: number,
): string | undefined {
  if (typeof finding !== 'object' || finding === null) return 'a finding is not an object'
  if (typeof finding.type !== 'string' || !Object.hasOwn(types, finding.type)) return 'a finding of an undeclared type'
  const { start, end, confidence, severity } = finding
  if (!Number.isInteger(start) || !Number.isInteger(end)) return 'offsets that are not whole numbers'
  if (start < 0 || start >= end || end > length) return 'offsets outside the text'
  if (!(confidence >= 0 && confidence <= 1)) return 'a confidence outside 0 to 1'
  if (severity !== undefined && !isSeverity(severity)) return 'an unknown severity'
  return undefined
}

/** The members of a finding's data that may be recorded: few, short, and free of the matched text. */
export function recordableData(
  data: Finding['data'],
  matched: string,
): Readonly<Record<string, string | number | boolean>> | undefined {
  if (data === undefined || data === null || typeof data !== 'object') return undefined
  const kept: Record<string, string | number | boolean> = Object.create(null)
  let count = 0
  for (const [name, value] of Object.entries(data)) {
    if (count === maxDataMembers) break
    if (leaks(name, matched)) continue
    if (typeof value === 'string' && (value.length > maxDataChars || leaks(value, matched))) continue
    if (typeof value !== 'string' && typeof value !== 'number' && typeof value !== 'boolean') continue
    if (typeof value === 'number' && leaks(String(value), matched)) continue
    kept[name] = value
    count += 1
  }
  return count === 0 ? undefined : { ...kept }
}

function leaks(text: string, matched: string): boolean {
  return matched.length >= 4 && text.includes(matched)
}
