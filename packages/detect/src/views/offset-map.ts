import type { Undone } from './undo.ts'

/** A stretch of a view: as it was, or `group`ed, or as a whole made from what stands there in the text. */
interface Stretch {
  /** Offset in the view. */
  readonly at: number
  readonly from: number
  /** Where it ends in the text. Of the last stretch that is as it was: not known yet. */
  readonly to: number
  readonly made: boolean
  readonly group: Undone['group']
}

export interface Span {
  readonly start: number
  readonly end: number
}

/** The way back from offsets in a view to those in the text it was made from. */
export class OffsetMap {
  private stretches: Stretch[] = [{ at: 0, from: 0, to: Number.POSITIVE_INFINITY, made: false, group: undefined }]

  /** From `at` on the view is what `undone` made of the text from `from` on, and after that the text as it is. */
  add(at: number, from: number, { units, out = '', group }: Undone): void {
    const to = from + units
    this.stretches.push(
      { at, from, to, made: true, group },
      { at: at + out.length, from: to, to: Number.POSITIVE_INFINITY, made: false, group: undefined },
    )
  }

  /** The span of the text of which the view's span was made: never less, and where parts have no place of their own, more. */
  toText({ start, end }: Span): Span {
    const first = this.stretchAt(start)
    const last = this.stretchAt(end - 1)
    return { start: startIn(first, start), end: endIn(last, end) }
  }

  /** Spans before this offset of the view are asked for no more. */
  forget(before: number): void {
    let gone = 0
    while ((this.stretches[gone + 1]?.at ?? Number.POSITIVE_INFINITY) <= before) gone++
    if (gone > 64) this.stretches = this.stretches.slice(gone)
  }

  private stretchAt(offset: number): Stretch {
    let low = 0
    let high = this.stretches.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((this.stretches[middle]?.at ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return this.stretches[low] ?? { at: 0, from: 0, to: 0, made: false, group: undefined }
  }
}

function startIn({ at, from, made, group }: Stretch, offset: number): number {
  if (!made) return from + offset - at
  return group === undefined ? from : from + Math.floor((offset - at) / group.out) * group.units
}

function endIn({ at, from, to, made, group }: Stretch, offset: number): number {
  if (!made) return from + offset - at
  return group === undefined ? to : Math.min(to, from + Math.ceil((offset - at) / group.out) * group.units)
}
