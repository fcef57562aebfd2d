import type { FormPart } from '../protocol/body.ts'
import { type PartHeaders, readPartHeaders } from './part-headers.ts'

export interface MultipartLimits {
  readonly maxParts: number
  /** Bytes of one field's text. Files have no limit of their own. */
  readonly maxFieldBytes: number
}

export interface ReadPart extends FormPart {
  /** `filename` where `filename*` stands beside it and says something else; `filename` is then the latter. */
  readonly plainFilename?: string
  /** Byte offsets of the digits of the part's own `Content-Length`, which an edit must keep true. */
  readonly lengthStart?: number
  readonly lengthEnd?: number
}

export interface Multipart {
  readonly ok: true
  readonly boundary: string
  readonly parts: readonly ReadPart[]
}

export type MultipartReading = Multipart | { readonly ok: false; readonly message: string }

/** Bytes that the reading has to see: from `start` to `end`, no more than `MAX_SLICE` of them but for a field. */
export interface Slice {
  readonly start: number
  readonly end: number
}

/** A reading that asks for the bytes it has to see, so that one set of rules holds wherever a form lies. */
export type Asking<Answer> = Generator<Slice, Answer, Uint8Array>

const MAX_HEADER_BYTES = 8192
const MAX_SLICE = 65_536
const encoder = new TextEncoder()

/** What comes before the boundary's own name wherever it stands in a body. */
export function delimiterOf(boundary: string): Uint8Array {
  return encoder.encode(`--${boundary}`)
}

/**
 * Reads a form of `size` bytes, in which the delimiter stands at `delimiters`, so strictly that no other reader could
 * read it differently, or says why not. Messages name parts by their number, from 1, and quote nothing.
 */
export function* layoutOf(
  boundary: string,
  delimiters: readonly number[],
  size: number,
  limits: MultipartLimits,
): Asking<MultipartReading> {
  const width = delimiterOf(boundary).length
  const [first] = delimiters
  if (first === undefined) return refuse('the boundary does not stand in the body')
  if (!(yield* isBlank(0, first))) return refuse('there is text before the first boundary')
  const parts: ReadPart[] = []
  for (const [index, delimiter] of delimiters.entries()) {
    if (delimiter > 0) {
      const before = yield { start: Math.max(0, delimiter - 2), end: delimiter }
      if (!isLineEnd(before, 0)) return refuse(`boundary ${index + 1} does not begin a line`)
    }
    const after = delimiter + width
    const behind = yield { start: after, end: Math.min(after + 2, size) }
    if (behind[0] === 45 && behind[1] === 45) {
      if (!(yield* isBlank(after + 2, size))) return refuse('there is text after the last boundary')
      if (parts.length === 0) return refuse('there is no part')
      return { ok: true, boundary, parts }
    }
    if (!isLineEnd(behind, 0)) return refuse(`boundary ${index + 1} does not end its line`)
    if (parts.length === limits.maxParts) return refuse(`there are more than ${limits.maxParts} parts`)
    const next = delimiters[index + 1]
    if (next === undefined) break
    const part = yield* readPart(after + 2, next - 2, limits.maxFieldBytes)
    if (typeof part === 'string') return refuse(`part ${index + 1} ${part}`)
    parts.push(part)
  }
  return refuse('the final boundary is missing')
}

/** The part whose header begins at `start` and whose content ends at `end`, or why it is refused. */
function* readPart(start: number, end: number, maxFieldBytes: number): Asking<ReadPart | string> {
  const head = yield { start, end: Math.max(start, Math.min(end, start + MAX_HEADER_BYTES)) }
  const headerEnd = endOfHeader(head)
  if (headerEnd === -1) return `has no header of at most ${MAX_HEADER_BYTES} bytes that ends with an empty line`
  const text = decode(head.subarray(0, headerEnd))
  if (text === undefined) return 'has a header that is not UTF-8'
  const headers = readPartHeaders(text)
  if (typeof headers === 'string') return headers
  const content = start + headerEnd + 4
  const { length } = headers
  if (length !== undefined && length.value !== end - content) return 'has a Content-Length that is not its length'
  const part: ReadPart = { ...described(headers), start: content, end, ...lengthPlace(text, start, length) }
  if (part.filename !== undefined) return part
  if (end - content > maxFieldBytes) return `is a field of more than ${maxFieldBytes} bytes`
  const value = decode(yield { start: content, end })
  if (value === undefined) return 'is a field that is not UTF-8'
  // RFC 7578, 4.6: this field changes how the others are decoded.
  if (part.name === '_charset_' && value.toLowerCase() !== 'utf-8') return 'asks for a charset other than utf-8'
  return { ...part, text: value }
}

function described(headers: PartHeaders): Omit<ReadPart, 'start' | 'end'> {
  const { length: _length, ...rest } = headers
  return rest
}

function lengthPlace(text: string, start: number, length: PartHeaders['length']): Partial<ReadPart> {
  if (length === undefined) return {}
  const lengthStart = start + encoder.encode(text.slice(0, length.start)).length
  return { lengthStart, lengthEnd: lengthStart + length.end - length.start }
}

/** Offset of the empty line's CRLF pair, or -1. */
function endOfHeader(bytes: Uint8Array): number {
  for (let at = bytes.indexOf(13); at !== -1 && at + 4 <= bytes.length; at = bytes.indexOf(13, at + 1)) {
    if (isLineEnd(bytes, at) && isLineEnd(bytes, at + 2)) return at
  }
  return -1
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 13 && bytes[at + 1] === 10
}

function* isBlank(start: number, end: number): Asking<boolean> {
  for (let from = start; from < end; from += MAX_SLICE) {
    const bytes = yield { start: from, end: Math.min(end, from + MAX_SLICE) }
    for (const byte of bytes) if (byte !== 13 && byte !== 10 && byte !== 32 && byte !== 9) return false
  }
  return true
}

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function refuse(message: string): MultipartReading {
  return { ok: false, message: `multipart: ${message}` }
}
