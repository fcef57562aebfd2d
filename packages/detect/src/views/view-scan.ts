import type { DetectorInstance, Finding, ScanStep, Segment } from '@sluice/core'
import { oncePerText } from '../once-per-text.ts'
import { type ScanDetector, wholeOf } from '../whole-of.ts'
import { disguises } from './disguises.ts'
import { encodedRuns } from './encoded-runs.ts'
import { hidesAnything } from './hides.ts'
import { Stage } from './stage.ts'
import type { Undo } from './undo.ts'
import { findInViews, type View, viewsOf } from './whole-views.ts'

/** One disguise within another is undone so often. */
const rounds = 3
const order: readonly (readonly Undo[])[] = Array.from({ length: rounds }, () => [disguises, encodedRuns])

const noViews: readonly View[] = []
const viewsOnce = oncePerText((text) => (hidesAnything(text) ? viewsOf(text, order) : noViews))

interface ViewState<Code extends string> {
  raw: unknown
  rawClearedTo: number
  readonly stages: readonly Stage<Code>[]
  clearedTo: number
  /** Found, and something that starts earlier may still be. */
  held: Finding<Code>[]
  /** Reported: what a view shows of them is no other finding. */
  recent: Finding<Code>[]
}

/**
 * The scan, and what it finds in views of the text: with escapes and invisible characters undone, encoded runs decoded,
 * and those within each other, three deep. A finding in a view points to what it was made of in the text. Views are made
 * as the text comes and read only around what was undone, so plain text costs one look for it. `reach`: UTF-16 units of
 * the scan's longest match.
 */
export function withViews<Code extends string>(inner: DetectorInstance<Code>, reach: number): DetectorInstance<Code> {
  if (inner.mode !== 'scan') return inner
  const scan: ScanDetector<Code> = inner
  const init = (segment: Segment): ViewState<Code> => {
    const stages: Stage<Code>[] = []
    for (const undo of order.flat()) stages.push(new Stage({ undo, scan, segment, reach, before: stages.at(-1) }))
    return { raw: scan.init(segment), rawClearedTo: 0, stages, clearedTo: 0, held: [], recent: [] }
  }
  const step = (
    state: ViewState<Code>,
    raw: ScanStep<unknown, Code>,
    text: string,
    ended: boolean,
  ): ScanStep<unknown, Code> => {
    state.raw = raw.state
    state.rawClearedTo = raw.clearedTo
    state.held.push(...raw.findings)
    let view = text
    for (const stage of state.stages) {
      view = stage.push(view, ended)
      for (const finding of stage.found.splice(0)) state.held.push(finding)
    }
    // What is kept back may change what stands before it: nothing more is cleared until it is there.
    if (!state.stages.some(({ waits }) => waits) || ended) {
      const cleared = state.stages.reduce((least, stage) => Math.min(least, stage.clearedTo()), raw.clearedTo)
      state.clearedTo = Math.max(state.clearedTo, cleared)
    }
    state.stages.reduceRight((wanted, stage) => stage.forget(wanted), Number.POSITIVE_INFINITY)
    return { state, findings: release(state), clearedTo: state.clearedTo }
  }
  // The gateway hands each state back to the scan that made it.
  const own = (state: unknown): ViewState<Code> => state as ViewState<Code>
  return {
    ...scan,
    init,
    push: (state, text) => step(own(state), scan.push(own(state).raw, text), text, false),
    end: (state) => step(own(state), scan.end(own(state).raw), '', true),
    whole(segment, text) {
      const plain = wholeOf(scan, segment, text)
      const views = viewsOnce(segment, text)
      if (views.length === 0) return plain
      const held = findInViews(views, reach, (piece) => wholeOf(scan, segment, piece))
      if (held.length === 0) return plain
      return release({ clearedTo: Number.POSITIVE_INFINITY, held: [...plain, ...held], recent: [] })
    },
  }
}

/** Reports, in order of start, what nothing can come before any more. */
function release<Code extends string>(
  state: Pick<ViewState<Code>, 'clearedTo' | 'held' | 'recent'>,
): readonly Finding<Code>[] {
  if (state.held.length === 0) return []
  state.held.sort((a, b) => a.start - b.start || Number(isViewed(a)) - Number(isViewed(b)) || b.end - a.end)
  const ready = state.held.filter(({ start }) => start < state.clearedTo)
  state.held = state.held.slice(ready.length)
  const findings: Finding<Code>[] = []
  for (const finding of ready) {
    state.recent = state.recent.filter(({ end }) => end > finding.start)
    if (isViewed(finding) && state.recent.some(({ type }) => type === finding.type)) continue
    state.recent.push(finding)
    findings.push(finding)
  }
  return findings
}

function isViewed({ data }: Finding): boolean {
  return data?.['view'] === true
}
