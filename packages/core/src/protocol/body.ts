import type { Json } from './json.ts'

/** One body, read once. Every later step works on this reading, and what is sent is cut from the same text. */
export type Body = JsonBody | FormBody | LinesBody | TextBody | OpaqueBody | NoBody

export interface JsonBody {
  readonly type: 'json'
  readonly text: string
  readonly value: Json
}

export interface FormBody {
  readonly type: 'form'
  readonly parts: readonly FormPart[]
}

/** JSON Lines, as in a batch file. */
export interface LinesBody {
  readonly type: 'lines'
  readonly lines: readonly { readonly text: string; readonly value: Json }[]
}

export interface TextBody {
  readonly type: 'text'
  readonly text: string
}

/** Bytes nobody reads: forwarded, and declared as not inspected. */
export interface OpaqueBody {
  readonly type: 'opaque'
  readonly contentType: string
}

export interface NoBody {
  readonly type: 'none'
}

/** A part of `multipart/form-data` (RFC 7578). */
export interface FormPart {
  readonly name: string
  /** Present for a file. */
  readonly filename?: string
  /** The plain `filename` where an encoded one (`filename*`, RFC 5987) stands beside it and says something else. */
  readonly plainFilename?: string
  readonly contentType?: string
  /** The field's value. Of a file only where its operation knows none of that name and it is UTF-8: it is inspected. */
  readonly text?: string
  /** Byte offsets of the part's content in the body. */
  readonly start: number
  readonly end: number
}
