import type { Finding } from '@sluice/core'
import type { Span } from './offset-map.ts'

/** Units from something undone within which a finding may owe it its being: a name before a value, a boundary. */
const near = 96
/** Units at the cut ends of a region in which a scan cannot know what stands beside. */
export const margin = 4

/** A finding in a region of a view that begins at `from`, in the view's offsets; undefined where the cut may have made it. */
export function inView(finding: Finding, from: number, undone: readonly Span[]): Span | undefined {
  if (from > 0 && finding.start < margin) return undefined
  const start = from + finding.start
  const end = from + finding.end
  const beside = undone[firstAfter(undone, start - near)]
  return beside !== undefined && beside.start - near < end ? { start, end } : undefined
}

/** The first of them, which are in order, that ends after `offset`. */
function firstAfter(spans: readonly Span[], offset: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((spans[middle]?.end ?? 0) > offset) high = middle
    else low = middle + 1
  }
  return low
}

/** As it is reported: where it stands in the text, and that a view shows it. */
export function viewed<Code extends string>(finding: Finding<Code>, { start, end }: Span): Finding<Code> {
  return { ...finding, start, end, data: { ...finding.data, view: true } }
}
