import type { Source } from '../protocol/segment.ts'

/** Index of the source that an offset of a segment lies in. Segments may have as many sources as a body has parts. */
export function sourceAt(sources: readonly Pick<Source, 'start'>[], offset: number): number {
  let low = 0
  let high = sources.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if ((sources[middle]?.start ?? 0) <= offset) low = middle
    else high = middle - 1
  }
  return Math.max(low, 0)
}
