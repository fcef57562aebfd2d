import type { Json, JsonPointer } from './json.ts'
import type { SegmentKind, SegmentTrust } from './segment.ts'
import type { Finish, Made, ToolCall, ToolSet, Usage } from './view.ts'

/** Texts of an input to a model of another sort are never streamed. */
export type BlockKind = Exclude<SegmentKind, 'embedding-input' | 'moderation-input'>

/** A stream is blocks of text, each started, appended to and ended. Names are noun-verb; the last verb is `end`. */
export type StreamEvent =
  /** `pointer`: where the model's name stands in the frame. */
  | { readonly type: 'response-start'; readonly model?: string; readonly pointer?: JsonPointer }
  | BlockStart
  /** Appends to a block; a block not started is started as `other`. `pointer`: the string in the frame. */
  | { readonly type: 'block-delta'; readonly block: string; readonly delta: string; readonly pointer: JsonPointer }
  /**
   * What is known of a tool call so far: sent when the id or more of the name arrives. `name` is appended. `pointer`: where
   * the id or the name stands; `''` for a name that stands nowhere (of a hosted tool): it is no text then.
   */
  | {
      readonly type: 'tool-delta'
      readonly block: string
      readonly callId?: string
      readonly name?: string
      /** As in `ToolCall`. */
      readonly definition?: string
      readonly pointer: JsonPointer
    }
  /**
   * A tool call that comes whole, and whose input is no single text: blocks with its `tool` hold its texts. Told again of
   * the same block, the later counts.
   */
  | { readonly type: 'tool-call'; readonly block: string; readonly call: ToolCall }
  /** The tools of the request that the answer was made for, where that is another than this one. */
  | { readonly type: 'tool-set'; readonly set: ToolSet }
  | { readonly type: 'block-end'; readonly block: string }
  /** `pointer`: where the id stands in the frame. */
  | { readonly type: 'made'; readonly made: Made; readonly pointer: JsonPointer }
  /** Content that cannot be read as text stands at `pointer`. May be sent for every piece: it counts once for a choice. */
  | {
      readonly type: 'content-skip'
      readonly choice: number
      readonly content: string
      readonly reason: string
      readonly pointer: JsonPointer
    }
  | { readonly type: 'response-end'; readonly choice: number; readonly finish: Finish }
  | { readonly type: 'usage'; readonly usage: Usage }
  | { readonly type: 'upstream-error'; readonly message: string }
  /** The provider's own last word (`[DONE]`): what comes after it is still read. */
  | { readonly type: 'stream-end' }

export interface BlockStart {
  readonly type: 'block-start'
  /** Unique within the stream, chosen by the decoder: `0/content`. */
  readonly block: string
  readonly choice: number
  readonly kind: BlockKind
  /**
   * This block repeats another (log probabilities repeat the content): left out of the view while they are equal. Where
   * they differ it is of kind `other`, unless a `tool-delta` names its tool: then it is a call of its own.
   */
  readonly copyOf?: string
  /** The call this text belongs to, told by an event of its own: the block is no call. */
  readonly tool?: { readonly name: string; readonly callId?: string }
  /** As in `NamedText`. */
  readonly group?: string
  /** Whose words they are. Default: of an error and of a tool's result, `external`; else the model's. */
  readonly trust?: SegmentTrust
}

/** One server-sent event. */
export interface WireFrame {
  /** Counted from 0 over frames that carry data. */
  readonly index: number
  readonly event?: string
  readonly data: string
  /** `data` parsed; `undefined` when it is not JSON. */
  readonly value: Json | undefined
}

export interface DecodedFrame {
  readonly events: readonly StreamEvent[]
  /**
   * String leaves this frame's reading has accounted for beyond the pointers of its events. What is neither named here,
   * nor by an event, nor ignored by the operation, becomes a block of kind `other`.
   */
  readonly claims?: readonly JsonPointer[]
  /**
   * Says: a later frame equal to this one except inside these string values, or for these whole numbers, means the same
   * events with other deltas. Only for frames whose events are all `block-delta`; pointers of those events are holes by
   * themselves, name here only the others (random padding, a frame's own number). Absent: this frame is no template.
   */
  readonly holes?: readonly JsonPointer[]
}

/** Reads the frames of one stream in order. Holds state; makes no I/O; never throws on strange frames. */
export interface StreamDecoder {
  decode(frame: WireFrame): DecodedFrame
  /** Called once when the stream has ended, however it ended. */
  end(): readonly StreamEvent[]
}

/** A pure, bounded fold. `step` may reuse `state`; callers keep only what it returns. */
export interface Reducer<State, Event, Snapshot> {
  init(): State
  step(state: State, event: Event): State
  /** The value so far. Valid at any moment, also after an abort. */
  snapshot(state: State): Snapshot
}

/** Every accumulator is bounded. Passing a bound ends accumulation and is reported, never silent truncation. */
export interface StreamLimits {
  /** Blocks in one stream. */
  readonly maxBlocks: number
  /** UTF-16 units of all blocks together. */
  readonly maxChars: number
  /** Bytes of one frame. */
  readonly maxFrameBytes: number
}
