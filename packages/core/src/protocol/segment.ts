import type { Place } from './place.ts'

export type Direction = 'ingress' | 'egress'

/** What a stretch of text is for. `other` is whatever the adapter does not name: it is inspected all the same. */
export type SegmentKind =
  | 'instruction'
  | 'user'
  | 'assistant'
  | 'reasoning'
  | 'refusal'
  | 'tool-definition'
  | 'tool-name'
  | 'tool-arguments'
  | 'tool-result'
  | 'transcript'
  | 'embedding-input'
  | 'moderation-input'
  | 'error'
  | 'other'

/** Whose words they are. An injection in `external` text is not the actor's doing. */
export type SegmentTrust = 'operator' | 'user' | 'model' | 'external'

/** One stretch of text, wherever the provider keeps it. Detectors see segments, never provider JSON. */
export interface Segment {
  /** Unique within the exchange: `q3` in the request, `s1` in the response. */
  readonly id: string
  readonly direction: Direction
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  /** Which of several answers, in a response. */
  readonly choice?: number
  readonly tool?: { readonly name: string; readonly callId?: string }
}

export interface TextSegment extends Segment {
  readonly text: string
  /** Where the text was read from, in order; several for accumulated and joined text. Never empty. */
  readonly sources: readonly Source[]
  /** Segments of one group stand side by side and the provider joins them: their joined text is inspected too. */
  readonly group?: string
  /** Of the joined text of a group: where each of its texts begins. */
  readonly parts?: readonly Pick<Source, 'start'>[]
  /** The text was decoded from something else at its place (a `data:` URL): offsets are of no use there, no edit is possible. */
  readonly decoded?: true
  /**
   * The text is the JSON value at its place as it is spelled there, not the content of a string (a tool's input that is
   * an object). It has one source; what is edited are the strings in it.
   */
  readonly json?: true
}

/** The stretch of a segment from `start` (UTF-16 units) to the next source's start was read at `place`. */
export interface Source {
  readonly place: Place
  readonly start: number
}
