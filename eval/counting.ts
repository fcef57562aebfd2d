import type { Found, Outcome } from './case.ts'
import type { Judge } from './row.ts'

export const severities = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const

export interface Counting {
  /** Beginnings of types. */
  readonly prefixes: readonly string[]
  /** Default LOW. */
  readonly severity?: (typeof severities)[number]
}

/** Whether a finding counts for the task. */
export function counts(found: Found, { prefixes, severity = 'LOW' }: Counting): boolean {
  return (
    severities.indexOf(found.severity) >= severities.indexOf(severity) &&
    prefixes.some((prefix) => found.type.startsWith(prefix))
  )
}

export function hasFinding(counting: Counting): Judge {
  return ({ found }) => found.some((one) => counts(one, counting))
}

/** The most confident finding that counts, 0 where there is none. */
export function confidenceOf(counting: Counting): (outcome: Outcome) => number {
  return ({ found }) => Math.max(0, ...found.filter((one) => counts(one, counting)).map((one) => one.confidence))
}
