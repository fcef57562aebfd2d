import type { Said, Segment, Severity, ToolCall } from '../packages/core/src/index.ts'

export interface Span {
  readonly type: string
  /** UTF-16 offsets. */
  readonly start: number
  readonly end: number
}

/** One text, where it stands, and what is known of it. */
export interface Case {
  readonly id: string
  readonly text: string
  /** Something should be found. */
  readonly label: boolean
  /** What a row of the report is about: `jailbreak`, `base64`, `control`. */
  readonly group: string
  readonly segment: Segment
  /** Of a call: as the model makes it, and what was said before it. */
  readonly toolCalls?: readonly ToolCall[]
  readonly before?: Said
  /** What stands where, in our own types, where the corpus says so. */
  readonly spans?: readonly Span[]
}

/** What Sluice, or a peer, says of a text. */
export interface Found extends Span {
  /** Which detector, or which peer. */
  readonly by: string
  readonly confidence: number
  readonly severity: Severity
}

export interface Outcome {
  readonly case: Case
  readonly found: readonly Found[]
}
