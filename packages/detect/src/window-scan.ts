import { type DetectionTypeSpec, type DetectorInstance, type Finding, type Segment, scanner } from '@sluice/core'
import type { CharSet } from './char-set.ts'
import { InOrder } from './in-order.ts'
import { standing } from './literals/standing.ts'
import { type WindowCut, windowCutter } from './window-cut.ts'

export interface Window {
  /** With the unit that ends it, if one does. */
  readonly text: string
  /** UTF-16 units of the segment before it. */
  readonly at: number
  readonly segment: Segment
}

export interface WindowScanSetup<Code extends string> {
  readonly types: Readonly<Record<Code, DetectionTypeSpec>>
  /** UTF-16 units of the longest window. At least 4. */
  readonly longest: number
  /** Units of a window cut by length that the next one begins with: what is longer may be cut in two. At most half of `longest`. */
  readonly overlap: number
  /** The units after which a window ends, or an expression that matches one of them. A line feed unless said otherwise. */
  readonly ends?: CharSet | RegExp
  /** A window in which none of them occurs, in whatever case, is not judged. */
  readonly literals?: readonly string[]
  /** Told each window once, in order; must depend on nothing else. Offsets of findings are from the window's start. */
  judge(window: Window): readonly Finding<Code>[]
}

interface WindowState<Code extends string> {
  readonly segment: Segment
  /** From the start of the window that is open; `base` is its offset in the segment. */
  tail: string
  base: number
  /** Units of the tail in which no end of the window is. */
  soughtTo: number
  /** Units of the tail that the window before has had too. */
  repeated: number
  readonly found: InOrder<Code>
  /** Whether a literal stands between two offsets of the segment, where all of it was read for them. */
  readonly stands?: (from: number, to: number) => boolean
}

/**
 * A detector in mode `scan` that judges a text window by window: lines, commands, stretches of at most so many units. Where
 * a window begins and ends depends on the text alone, so findings do not depend on how it is cut. The text is cleared up to
 * the window that is open, and no more than that is kept. Throws `RangeError` on lengths that make no windows.
 */
export function createWindowScan<Code extends string>(setup: WindowScanSetup<Code>): DetectorInstance<Code> {
  const { types, longest, overlap, ends, literals } = setup
  if (!(longest >= 4 && overlap >= 0 && overlap <= longest / 2)) {
    throw new RangeError('a window has at least 4 units, and overlaps the next by at most half')
  }
  const nextWindow = windowCutter(longest, overlap, ends)
  const sought = literals && standing(literals)
  const init = (segment: Segment): WindowState<Code> => {
    return { segment, tail: '', base: 0, soughtTo: 0, repeated: 0, found: new InOrder() }
  }
  return scanner<WindowState<Code>, Code>(types, {
    init,
    push(state, text) {
      state.tail += text
      return advance(state, false)
    },
    end: (state) => advance(state, true),
    whole(segment, text) {
      const stands = sought?.within(segment, text)
      if (sought !== undefined && stands === undefined) return []
      const state: WindowState<Code> = { ...init(segment), tail: text, ...(stands === undefined ? {} : { stands }) }
      return advance(state, true).findings
    },
  })

  function advance(state: WindowState<Code>, ended: boolean) {
    const { tail, base } = state
    let from = 0
    for (;;) {
      const cut = nextWindow(tail, from, state.soughtTo, ended)
      if (cut === undefined) break
      // One with nothing in it that is new, but for its end, is not.
      if (cut.content - from > state.repeated) judge(state, from, cut)
      state.repeated = cut.end - cut.next
      state.soughtTo = cut.end
      from = cut.next
    }
    state.tail = tail.slice(from)
    state.base = base + from
    state.soughtTo = Math.max(0, tail.length - from)
    const clearedTo = state.base + (ended ? state.tail.length : 0)
    return { state, findings: state.found.release(ended ? Number.POSITIVE_INFINITY : clearedTo), clearedTo }
  }

  function judge(state: WindowState<Code>, from: number, { end }: WindowCut): void {
    const at = state.base + from
    if (state.stands?.(at, state.base + end) === false) return
    const text = state.tail.slice(from, end)
    if (state.stands === undefined && sought?.in(text) === false) return
    const findings = setup.judge({ text, at, segment: state.segment })
    state.found.add(findings.map((finding) => ({ ...finding, start: at + finding.start, end: at + finding.end })))
  }
}
