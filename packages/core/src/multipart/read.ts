import { foldName } from '../json/fold.ts'
import type { FormPart } from '../protocol/body.ts'
import { boundaryOf } from './boundary.ts'
import { findAll } from './find.ts'
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

const MAX_HEADER_BYTES = 8192
const encoder = new TextEncoder()

/**
 * Reads `multipart/form-data` (RFC 7578) so strictly that no other reader could read it differently, or says why not.
 * Messages name parts by their number, from 1, and quote nothing. A file's bytes are never decoded.
 */
export function readMultipart(bytes: Uint8Array, contentType: string, limits: MultipartLimits): MultipartReading {
  const named = boundaryOf(contentType)
  if (!named.ok) return named
  const dashBoundary = encoder.encode(`--${named.boundary}`)
  const delimiters = findAll(bytes, dashBoundary, limits.maxParts + 2)
  const [first] = delimiters
  if (first === undefined) return refuse('the boundary does not stand in the body')
  if (!isBlank(bytes, 0, first)) return refuse('there is text before the first boundary')
  const parts: ReadPart[] = []
  for (const [index, delimiter] of delimiters.entries()) {
    if (delimiter > 0 && !isLineEnd(bytes, delimiter - 2)) return refuse(`boundary ${index + 1} does not begin a line`)
    const after = delimiter + dashBoundary.length
    if (bytes[after] === 45 && bytes[after + 1] === 45) {
      if (!isBlank(bytes, after + 2, bytes.length)) return refuse('there is text after the last boundary')
      if (parts.length === 0) return refuse('there is no part')
      return { ok: true, boundary: named.boundary, parts }
    }
    if (!isLineEnd(bytes, after)) return refuse(`boundary ${index + 1} does not end its line`)
    if (parts.length === limits.maxParts) return refuse(`there are more than ${limits.maxParts} parts`)
    const next = delimiters[index + 1]
    if (next === undefined) break
    const part = readPart(bytes, after + 2, next - 2, limits.maxFieldBytes)
    if (typeof part === 'string') return refuse(`part ${index + 1} ${part}`)
    parts.push(part)
  }
  return refuse('the final boundary is missing')
}

/**
 * Names that stand on more than one part, as first spelled. Names that a lenient reader could take for one count as
 * one, and so do `file` and `file[]`.
 */
export function repeatedNames(parts: readonly FormPart[]): string[] {
  const first = new Map<string, string>()
  const repeated = new Set<string>()
  for (const { name } of parts) {
    const folded = foldName(name).replace(/\[\]$/, '')
    const known = first.get(folded)
    if (known === undefined) first.set(folded, name)
    // A list is sent as `name[]` again and again: only beside a plain `name` can it be read two ways.
    else if (known !== name || !name.endsWith('[]')) repeated.add(known)
  }
  return [...repeated]
}

/** The part whose header begins at `start` and whose content ends at `end`, or why it is refused. */
function readPart(bytes: Uint8Array, start: number, end: number, maxFieldBytes: number): ReadPart | string {
  const headerEnd = endOfHeader(bytes, start, Math.min(end, start + MAX_HEADER_BYTES))
  if (headerEnd === -1) return `has no header of at most ${MAX_HEADER_BYTES} bytes that ends with an empty line`
  const text = decode(bytes, start, headerEnd)
  if (text === undefined) return 'has a header that is not UTF-8'
  const headers = readPartHeaders(text)
  if (typeof headers === 'string') return headers
  const content = headerEnd + 4
  const { length } = headers
  if (length !== undefined && length.value !== end - content) return 'has a Content-Length that is not its length'
  const part: ReadPart = { ...described(headers), start: content, end, ...lengthPlace(text, start, length) }
  if (part.filename !== undefined) return part
  if (end - content > maxFieldBytes) return `is a field of more than ${maxFieldBytes} bytes`
  const value = decode(bytes, content, end)
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
function endOfHeader(bytes: Uint8Array, start: number, limit: number): number {
  for (let at = bytes.indexOf(13, start); at !== -1 && at + 4 <= limit; at = bytes.indexOf(13, at + 1)) {
    if (isLineEnd(bytes, at) && isLineEnd(bytes, at + 2)) return at
  }
  return -1
}

function isLineEnd(bytes: Uint8Array, at: number): boolean {
  return bytes[at] === 13 && bytes[at + 1] === 10
}

function isBlank(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const byte = bytes[at]
    if (byte !== 13 && byte !== 10 && byte !== 32 && byte !== 9) return false
  }
  return true
}

function decode(bytes: Uint8Array, start: number, end: number): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes.subarray(start, end))
  } catch {
    return undefined
  }
}

function refuse(message: string): MultipartReading {
  return { ok: false, message: `multipart: ${message}` }
}
