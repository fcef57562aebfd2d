import type { Finding } from '@sluice/core'
import { inView, margin, viewed } from './near.ts'
import { OffsetMap, type Span } from './offset-map.ts'
import type { Undo } from './undo.ts'

/** A view of a text that is all there. */
export interface View {
  readonly text: string
  /** The ways back, the last first, from this view to the text. */
  readonly maps: readonly OffsetMap[]
  /** What was undone, in the view's offsets, in order. */
  readonly undone: readonly Span[]
}

/** The views that are there, each made from the one before: at most one for each disguise of each round. */
export function viewsOf(text: string, rounds: readonly (readonly Undo[])[]): readonly View[] {
  const views: View[] = []
  for (const round of rounds) {
    const before = views.length
    for (const undo of round) {
      const last = views.at(-1)
      const view = viewOf(last?.text ?? text, undo, last?.maps ?? [])
      if (view !== undefined) views.push(view)
    }
    if (views.length === before) break
  }
  return views
}

/** What a scan finds in views: in the same regions of them as `Stage` makes of a text that comes in pieces. */
export function findInViews<Code extends string>(
  views: readonly View[],
  reach: number,
  scan: (text: string) => readonly Finding<Code>[],
): readonly Finding<Code>[] {
  const found: Finding<Code>[] = []
  for (const view of views) {
    const { text, maps, undone } = view
    for (const [from, to] of regionsOf(view, reach)) {
      for (const finding of scan(text.slice(from, to))) {
        if (to < text.length && from + finding.end > to - margin) continue
        const span = inView(finding, from, undone)
        if (span !== undefined) found.push(viewed(finding, toText(maps, span)))
      }
    }
  }
  return found
}

function toText(maps: readonly OffsetMap[], span: Span): Span {
  return maps.reduce((at, map) => map.toText(at), span)
}

function viewOf(text: string, undo: Undo, maps: readonly OffsetMap[]): View | undefined {
  let at = undo.find(text, 0)
  const undone: Span[] = []
  const pieces: string[] = []
  const map = new OffsetMap()
  let length = 0
  let done = 0
  while (at !== -1) {
    const made = undo.at(text, at)
    const units = made?.units ?? 1
    if (made?.out !== undefined) {
      pieces.push(text.slice(done, at), made.out)
      length += at - done
      map.add(length, at, made)
      undone.push({ start: length, end: length + made.out.length })
      length += made.out.length
      done = at + units
    }
    at = undo.find(text, at + units)
  }
  if (undone.length === 0) return undefined
  pieces.push(text.slice(done))
  return { text: pieces.join(''), maps: [map, ...maps], undone }
}

/** From so far before what was undone until so far behind it: what is undone on the way belongs to the same region. */
function* regionsOf({ text, undone }: View, reach: number): Generator<readonly [number, number]> {
  let from = -1
  let last = 0
  for (const { start, end } of undone) {
    if (from !== -1 && start > last + reach) {
      yield [from, last + reach]
      from = -1
    }
    if (from === -1) from = Math.max(0, start - reach)
    last = end
  }
  if (from !== -1) yield [from, Math.min(text.length, last + reach)]
}
