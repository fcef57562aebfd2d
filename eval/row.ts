import type { Outcome } from './case.ts'

export interface Aim {
  readonly is: 'at least' | 'at most'
  /** A share (0 to 1), or a count per MB. */
  readonly value: number
}

/** One figure of the report. `share`: `count` of `of` cases; `per MB`: `count` findings in `of` bytes. */
export interface Row {
  readonly name: string
  readonly unit: 'share' | 'per MB'
  readonly count: number
  readonly of: number
  readonly aim?: Aim
  /** What `--misses` lists: the cases that make the figure worse than it could be. */
  readonly failed: readonly Outcome[]
}

export const figureOf = ({ unit, count, of }: Row): number =>
  of === 0 ? Number.NaN : unit === 'share' ? count / of : count / (of / 1e6)

/** Undefined where there is no aim, or nothing to measure it on. */
export function isMet(row: Row): boolean | undefined {
  if (row.aim === undefined || row.of === 0) return undefined
  const value = figureOf(row)
  return row.aim.is === 'at least' ? value >= row.aim.value : value <= row.aim.value
}

export const atLeast = (value: number): Aim => ({ is: 'at least', value })
export const atMost = (value: number): Aim => ({ is: 'at most', value })

export type Judge = (outcome: Outcome) => boolean

/** How many of the cases in which something should be found have a finding that counts. */
export function recall(name: string, outcomes: readonly Outcome[], isFound: Judge, aim?: Aim): Row {
  const positives = outcomes.filter((one) => one.case.label)
  const failed = positives.filter((one) => !isFound(one))
  return row(name, positives.length - failed.length, positives.length, failed, aim)
}

/** How many of the cases in which nothing should be found have one all the same. */
export function falseAlarms(name: string, outcomes: readonly Outcome[], isFound: Judge, aim?: Aim): Row {
  const negatives = outcomes.filter((one) => !one.case.label)
  const failed = negatives.filter(isFound)
  return row(name, failed.length, negatives.length, failed, aim)
}

/** How many of the cases that have a finding should have one. */
export function precision(name: string, outcomes: readonly Outcome[], isFound: Judge, aim?: Aim): Row {
  const found = outcomes.filter(isFound)
  const failed = found.filter((one) => !one.case.label)
  return row(name, found.length - failed.length, found.length, failed, aim)
}

export function row(name: string, count: number, of: number, failed: readonly Outcome[], aim?: Aim): Row {
  return { name, unit: 'share', count, of, failed, ...(aim === undefined ? {} : { aim }) }
}
