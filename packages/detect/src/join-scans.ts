import { type DetectionTypeSpec, type DetectorInstance, type ScanStep, type Segment, scanner } from '@sluice/core'
import { InOrder } from './in-order.ts'
import { type ScanDetector, wholeOf } from './whole-of.ts'

interface JoinedState<Code extends string> {
  /** Those that read the segment, each with its own state and how far it has cleared the text. */
  readonly running: { readonly scan: ScanDetector<Code>; state: unknown; clearedTo: number }[]
  readonly found: InOrder<Code>
  length: number
}

/**
 * Several scans as one detector: what each of them finds, in order of start, the most confident of what several find with
 * the same type and span. A scan that excludes a kind of segment does not read it here either. Throws `TypeError` on a
 * detector that is no scan.
 */
export function joinScans<Code extends string>(
  scans: readonly DetectorInstance<Code>[],
  types: Readonly<Record<Code, DetectionTypeSpec>>,
): DetectorInstance<Code> {
  const joined = scans.map((scan) => {
    if (scan.mode !== 'scan') throw new TypeError('only detectors in mode scan can be joined')
    return scan
  })
  const reading = ({ kind }: Segment): readonly ScanDetector<Code>[] => {
    return joined.filter(({ excludes }) => excludes?.includes(kind) !== true)
  }
  return scanner<JoinedState<Code>, Code>(types, {
    init: (segment) => ({
      running: reading(segment).map((scan) => ({ scan, state: scan.init(segment), clearedTo: 0 })),
      found: new InOrder(),
      length: 0,
    }),
    push: (state, text) => {
      state.length += text.length
      return step(state, (scan, own) => scan.push(own, text))
    },
    end: (state) => step(state, (scan, own) => scan.end(own)),
    whole(segment, text) {
      const found = new InOrder<Code>()
      for (const scan of reading(segment)) found.add(wholeOf(scan, segment, text))
      return found.release(Number.POSITIVE_INFINITY)
    },
  })
}

function step<Code extends string>(
  state: JoinedState<Code>,
  advance: (scan: ScanDetector<Code>, own: unknown) => ScanStep<unknown, Code>,
): ScanStep<JoinedState<Code>, Code> {
  let clearedTo = state.length
  for (const one of state.running) {
    const next = advance(one.scan, one.state)
    one.state = next.state
    one.clearedTo = next.clearedTo
    state.found.add(next.findings)
    clearedTo = Math.min(clearedTo, next.clearedTo)
  }
  return { state, findings: state.found.release(clearedTo), clearedTo }
}
