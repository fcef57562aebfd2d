import { type DetectionTypeSpec, type DetectorInstance, type Finding, type ScanStep, scanner } from '@sluice/core'

type ScanDetector<Code extends string> = Extract<DetectorInstance<Code>, { mode: 'scan' }>

interface State<Code extends string> {
  readonly states: unknown[]
  readonly cleared: number[]
  /** Found by one scan while another may still find what starts earlier. */
  held: Finding<Code>[]
}

/** Scans that read the same text, as one: their findings in order of start, cleared as far as all of them have. */
export function together<Code extends string>(
  types: Readonly<Record<Code, DetectionTypeSpec>>,
  scans: readonly ScanDetector<Code>[],
): DetectorInstance<Code> {
  const step = (
    state: State<Code>,
    run: (scan: ScanDetector<Code>, own: unknown) => ScanStep<unknown, Code>,
  ): ScanStep<State<Code>, Code> => {
    for (const [at, scan] of scans.entries()) {
      const one = run(scan, state.states[at])
      state.states[at] = one.state
      state.cleared[at] = one.clearedTo
      state.held.push(...one.findings)
    }
    const clearedTo = Math.min(...state.cleared)
    const ready = state.held.filter(({ start }) => start < clearedTo).sort(compare)
    state.held = state.held.filter(({ start }) => start >= clearedTo)
    return { state, findings: ready, clearedTo }
  }
  return scanner<State<Code>, Code>(types, {
    init: (segment) => ({ states: scans.map((scan) => scan.init(segment)), cleared: scans.map(() => 0), held: [] }),
    push: (state, text) => step(state, (scan, own) => scan.push(own, text)),
    end: (state) => step(state, (scan, own) => scan.end(own)),
    whole: (segment, text) => scans.flatMap((scan) => [...(scan.whole?.(segment, text) ?? [])]).sort(compare),
  })
}

function compare(a: Finding, b: Finding): number {
  return a.start - b.start || b.end - a.end || (a.type < b.type ? -1 : a.type > b.type ? 1 : 0)
}
