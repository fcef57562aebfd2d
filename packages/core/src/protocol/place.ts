import type { JsonPointer } from './json.ts'

/** Where something stands in what passes through. Members that do not apply are absent. */
export interface Place {
  /** Index of the part of a multipart body. */
  readonly part?: number
  /** Index of the line of a JSON Lines body, from 0. */
  readonly line?: number
  /** Index of the frame of a stream, from 0, counted over frames that carry data. */
  readonly frame?: number
  /** Name of a query parameter; `path` for a parameter of the path. */
  readonly query?: string
  /** Pointer into the JSON of that part, line, frame or body; `''` where it is plain text. */
  readonly pointer: JsonPointer
  /** Pointer into JSON that is itself held in the string at `pointer` (tool arguments). */
  readonly inner?: JsonPointer
  /** The name of the member at `pointer`, not its value. */
  readonly key?: true
}

/**
 * A change to a body, spliced into its original text. Offsets are UTF-16 units of the *decoded* string at the place;
 * with `inner`, of the decoded string inside that inner JSON. Edits of one body must not overlap.
 */
export type Edit =
  | {
      readonly type: 'text'
      readonly place: Place
      readonly start: number
      readonly end: number
      readonly replacement: string
    }
  /** Removes an array element or an object member, with one comma. */
  | { readonly type: 'remove'; readonly place: Place }
  /** Replaces a whole JSON value by another JSON text. */
  | { readonly type: 'replace'; readonly place: Place; readonly json: string }

/** A value together with the place it was read from. */
export interface Located<T> {
  readonly value: T
  readonly place: Place
}
