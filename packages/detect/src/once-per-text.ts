import type { Segment } from '@sluice/core'

/**
 * Work on a text that is the same for all detectors, done for the first that asks. The gateway hands every detector of an
 * exchange the same segment with the text in it, so what was found out is kept by the segment, exactly as long as it lives. Of
 * any other text, such as a piece of a view, it is worked out anew.
 */
export function oncePerText<Result>(work: (text: string) => Result): (segment: Segment, text: string) => Result {
  const known = new WeakMap<Segment, { readonly result: Result; readonly text: string }>()
  return (segment, text) => {
    if (!('text' in segment) || segment.text !== text) return work(text)
    const before = known.get(segment)
    if (before?.text === text) return before.result
    const result = work(text)
    known.set(segment, { result, text })
    return result
  }
}
