import { analyse } from 'scslre'

/**
 * Why the expression may take more than linear time; undefined: it does not. Two questions: of the expression as it stands,
 * whether a quantifier without a bound makes it go back over what it read; and whether it would be exponential if none had
 * a bound, because the bounds of such a one are factors, not an end.
 */
export function superLinear({ source, flags }: RegExp): string | undefined {
  if (flags.includes('v')) return 'the analysis does not know the flag v'
  const known = flags.replace('d', '')
  const { reports } = analyse({ source, flags: known }, { reportTypes: { Move: false } })
  if (reports.length > 0) return reports.some(({ exponential }) => exponential) ? 'exponential' : 'polynomial'
  const unbounded = analyse({ source: withoutBounds(source), flags: known }, { reportTypes: { Move: false } })
  return unbounded.reports.some(({ exponential }) => exponential) ? 'exponential in its bounds' : undefined
}

/** Every quantifier for more than three has no bound any more. */
function withoutBounds(source: string): string {
  return source.replace(/\\.|\{(\d+)(?:,(\d*))?\}/gs, (all, least?: string, most?: string) => {
    if (least === undefined) return all
    const bound = most === '' ? Number.POSITIVE_INFINITY : Number(most ?? least)
    if (bound <= 3) return all
    return Number(least) === 0 ? '*' : '+'
  })
}
