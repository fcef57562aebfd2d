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
  return undone.some((one) => one.start - near < end && one.end + near > start) ? { start, end } : undefined
}

/** As it is reported: where it stands in the text, and that a view shows it. */
export function viewed<Code extends string>(finding: Finding<Code>, { start, end }: Span): Finding<Code> {
  return { ...finding, start, end, data: { ...finding.data, view: true } }
}
