import type { Finding } from '@sluice/core'

/** A finding with what decides between it and another over the same text. */
export interface Ranked<Code extends string> {
  readonly finding: Finding<Code>
  readonly generic: boolean
  /** Place of its rule in the list. */
  readonly order: number
}

/** The order in which findings are reported and weighed: by start, the longer first, the specific first. */
export function compareRanked(a: Ranked<string>, b: Ranked<string>): number {
  return (
    a.finding.start - b.finding.start ||
    b.finding.end - a.finding.end ||
    Number(a.generic) - Number(b.generic) ||
    a.order - b.order
  )
}

/**
 * Two rules may see the same text. A finding is dropped where another covers all of it and is of the same type, or is
 * specific where it is generic. Findings that merely overlap, or are of different types, all stay: policy goes by type, and
 * dropping one would be a way round the policy for it. Whoever edits merges the spans.
 */
export function isCovered<Code extends string>(one: Ranked<Code>, kept: readonly Ranked<Code>[]): boolean {
  return kept.some(
    (other) =>
      other.finding.end >= one.finding.end &&
      (one.generic ? !other.generic || other.finding.type === one.finding.type : covers(other, one)),
  )
}

function covers<Code extends string>(other: Ranked<Code>, one: Ranked<Code>): boolean {
  return !other.generic && other.finding.type === one.finding.type
}
