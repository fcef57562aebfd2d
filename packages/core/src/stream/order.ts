import type { SegmentKind } from '../protocol/segment.ts'
import type { NamedText } from '../protocol/view.ts'

// A tool's name and its arguments share a rank: each call keeps its two texts together.
const ranks: ReadonlyMap<SegmentKind, number> = new Map([
  ['reasoning', 0],
  ['assistant', 1],
  ['refusal', 2],
  ['transcript', 3],
  ['tool-name', 4],
  ['tool-arguments', 4],
  ['other', 6],
  ['error', 7],
])
const unranked = 5

function compareTexts(a: NamedText, b: NamedText): number {
  const byChoice = (a.choice ?? 0) - (b.choice ?? 0)
  return byChoice !== 0 ? byChoice : (ranks.get(a.kind) ?? unranked) - (ranks.get(b.kind) ?? unranked)
}

/**
 * The order of a response's texts, streamed or whole: by choice; within one by kind; within a kind as given. A reader of
 * whole responses gives each call's name before its arguments, and calls in the order in which they stand.
 */
export function orderTexts(texts: readonly NamedText[]): readonly NamedText[] {
  return texts.length < 2 ? texts : texts.toSorted(compareTexts)
}
