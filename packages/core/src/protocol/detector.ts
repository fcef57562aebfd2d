import type { Detection, DetectionTypeSpec, Finding } from './finding.ts'
import type { MaybePromise } from './json.ts'
import type { CallContext, Definition } from './plugin.ts'
import type { Segment, SegmentKind, TextSegment } from './segment.ts'
import type { ToolCall } from './view.ts'

export interface ScanStep<State, Code extends string = string> {
  readonly state: State
  /** Final: a finding once reported is not changed by later text. In order of `start`. */
  readonly findings: readonly Finding<Code>[]
  /**
   * No finding still to come starts before this offset, so the gateway may release the text up to it.
   * Never decreases. The gateway releases up to the least `clearedTo` of all detectors.
   */
  readonly clearedTo: number
}

/** Reads a segment as it streams. Synchronous: it runs between two reads of the upstream. Must not depend on the cut. */
export interface Scan<State, Code extends string = string> {
  init(segment: Segment): State
  push(state: State, text: string): ScanStep<State, Code>
  end(state: State): ScanStep<State, Code>
  /**
   * What `init`, one `push` of all the text and `end` would find, for when all of it is there and nothing has to be
   * carried from piece to piece. Only a cheaper way to the same findings: `testDetector` holds it to that.
   */
  whole?(segment: Segment, text: string): readonly Finding<Code>[]
}

/** Reads a whole segment. In `hold` mode the segment waits until every `inspect` has answered. */
export interface Inspect<Code extends string = string> {
  inspect(segment: TextSegment, ctx: CallContext): MaybePromise<readonly Finding<Code>[]>
}

/** The text of one body, in its order, and what the detectors that read it segment by segment found in it. */
export interface Said {
  readonly segments: readonly TextSegment[]
  readonly toolCalls: readonly ToolCall[]
  readonly detections: readonly Detection[]
}

/** Reads the whole exchange so far: for flows from one segment to another. Its findings lie in what is judged now. */
export interface InspectExchange<Code extends string = string> {
  inspectExchange(
    exchange: Said & {
      /**
       * What the exchange held before: of an answer its request, as it came; of a message of a session those before it, the
       * latest `limits.maxChars` UTF-16 units of them. Empty for a request, and for an answer in a batch, whose request was
       * another exchange's.
       */
      readonly before: Said
    },
    ctx: CallContext,
  ): MaybePromise<readonly (Finding<Code> & { readonly segment: string })[]>
}

interface DetectorBase<Code extends string> {
  /** Only these types may be reported. */
  readonly types: Readonly<Record<Code, DetectionTypeSpec>>
  /** A detector sees every kind of segment unless it says which it leaves out. */
  readonly excludes?: readonly SegmentKind[]
}

export type DetectorInstance<Code extends string = string> = DetectorBase<Code> &
  (
    | ({ readonly mode: 'scan' } & Scan<unknown, Code>)
    | ({ readonly mode: 'inspect' } & Inspect<Code>)
    | ({ readonly mode: 'exchange' } & InspectExchange<Code>)
  )

/** Detectors report; configuration decides what a report leads to. */
export type DetectorDefinition<Options = unknown, Code extends string = string> = Definition<
  'detector',
  Options,
  DetectorInstance<Code>
>

/** Keeps the state type inside the scan; the gateway only hands it back. */
export function scanner<State, Code extends string>(
  types: Readonly<Record<Code, DetectionTypeSpec>>,
  scan: Scan<State, Code>,
): DetectorInstance<Code> {
  // The gateway passes each state back to the scan that made it, so the erased type is never wrong.
  return { mode: 'scan', types, ...scan } as unknown as DetectorInstance<Code>
}
