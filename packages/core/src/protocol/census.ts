import type { Ignore } from './adapter.ts'
import type { Json, JsonPointer } from './json.ts'
import type { SegmentKind, SegmentTrust } from './segment.ts'

/**
 * What an operation's bodies may hold, by the provider's own description: values that together have every place where
 * a string can stand. `''` is any text, the member name `''` any name; every other string is one word of a closed set.
 * A form is an object of its fields (a list for a field that repeats), in which an object is a file and its `filename`.
 */
export interface OperationSamples {
  readonly request: readonly Json[]
  readonly response: readonly Json[]
  /** Frames of a stream. */
  readonly events: readonly Json[]
}

export type CensusSide = keyof OperationSamples

/** What became of a text at one place of a sample. */
export type CensusOutcome =
  /** `named` by the adapter, or left to the core and inspected as `other`. */
  | { readonly type: 'named' | 'other'; readonly kind: SegmentKind; readonly trust: SegmentTrust }
  /** Declared as ignored. `odd`: what becomes of a text that nobody would expect there. */
  | { readonly type: 'ignored'; readonly ignore: Ignore; readonly odd: 'inspected' | 'passed' }
  /** Declared as content that is not read. */
  | { readonly type: 'opaque'; readonly reason: string }
  /** In no segment, and nobody says why; or any word is passed by where only those of a closed set may be. */
  | { readonly type: 'missed' }

export interface CensusPlace {
  readonly side: CensusSide
  /** Index of the sample. */
  readonly sample: number
  /** In a form, the first token is the name of the field. */
  readonly pointer: JsonPointer
  /** `name`: any member name may stand there. `word`: one of a closed set is expected. */
  readonly holds: 'text' | 'word' | 'name'
  readonly outcome: CensusOutcome
}

export interface Census {
  readonly places: readonly CensusPlace[]
  /** Samples of requests that would be refused: by the operation's `fields`, or because it takes no body. */
  readonly refused: readonly { readonly sample: number; readonly problem: string }[]
}

/** Places counted by pointer, whatever the index in a list; of several outcomes at one, the worst. */
export interface Coverage {
  /** Places where a string can stand. */
  readonly strings: number
  readonly named: number
  readonly other: number
  readonly ignored: number
  readonly opaque: number
  readonly missed: number
}
