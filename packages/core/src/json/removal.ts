import type { JsonLocation } from './locate.ts'
import type { Span } from './spans.ts'

/**
 * What to cut so that exactly the elements or members at `removed` (of one container) leave, each with one comma. Those
 * that lead their container take the comma after them, the others the one before.
 */
export function removalSpans(removed: readonly JsonLocation[]): Span[] {
  const indices = new Set(removed.map((location) => location.index))
  let leading = 0
  while (indices.has(leading)) leading++
  return removed.map((location) => {
    const { start, end, keyStart, index, previousEnd, nextStart } = location
    if (index < leading) return { start: keyStart ?? start, end: nextStart ?? end, replacement: '' }
    return { start: previousEnd ?? start, end, replacement: '' }
  })
}
