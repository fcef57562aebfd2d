import { parseJson } from '../json/parse.ts'
import { spliceJson, spliceText } from '../json/splice.ts'
import type { Edit } from '../protocol/place.ts'
import type { Multipart, ReadPart } from './read.ts'

const encoder = new TextEncoder()

/** A stretch of bytes and what stands there afterwards. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
  readonly bytes: Uint8Array
}

/**
 * The body with edits of its fields applied, all other bytes as they were. `place.part` says which field; a pointer
 * other than `''` points into JSON that the field is, `replace` at `''` puts another JSON text in the field's place.
 * Undefined where there is no legal result: a file, a missing part, a whole part removed, text that holds the boundary
 * or is no Unicode, and whatever `spliceJson` does not take.
 */
export function spliceMultipart(bytes: Uint8Array, form: Multipart, edits: readonly Edit[]): Uint8Array | undefined {
  const spans = fieldSpans(form, edits)
  return spans === undefined ? undefined : applyByteSpans(bytes, spans)
}

/** What edits of a form's fields change of its bytes, in order. Undefined as for `spliceMultipart`. */
export function fieldSpans(form: Multipart, edits: readonly Edit[]): readonly ByteSpan[] | undefined {
  const byPart = new Map<number, Edit[]>()
  for (const edit of edits) {
    const { part } = edit.place
    if (part === undefined) return undefined
    const group = byPart.get(part)
    if (group === undefined) byPart.set(part, [edit])
    else group.push(edit)
  }
  const spans: ByteSpan[] = []
  for (const [index, group] of [...byPart].sort(([a], [b]) => a - b)) {
    const part = form.parts[index]
    const text = part?.text === undefined ? undefined : editedField(part.text, group)
    if (part === undefined || text === undefined) return undefined
    if (!text.isWellFormed() || text.includes(`--${form.boundary}`)) return undefined
    spans.push(...partSpans(part, encoder.encode(text)))
  }
  return spans
}

function editedField(text: string, edits: readonly Edit[]): string | undefined {
  const whole = edits.every((edit) => edit.place.pointer === '')
  if (whole && edits.every((edit) => edit.type === 'text' || edit.place.inner !== undefined))
    return spliceText(text, edits)
  const [first] = edits
  if (whole && edits.length === 1 && first?.type === 'replace' && !first.place.key) {
    return parseJson(first.json, 512).ok ? first.json : undefined
  }
  return parseJson(text, 512).ok ? spliceJson(text, edits) : undefined
}

function partSpans(part: ReadPart, content: Uint8Array): ByteSpan[] {
  const spans: ByteSpan[] = []
  const { lengthStart, lengthEnd, start, end } = part
  if (lengthStart !== undefined && lengthEnd !== undefined) {
    spans.push({ start: lengthStart, end: lengthEnd, bytes: encoder.encode(String(content.length)) })
  }
  spans.push({ start, end, bytes: content })
  return spans
}

function applyByteSpans(bytes: Uint8Array, spans: readonly ByteSpan[]): Uint8Array {
  const change = spans.reduce((sum, span) => sum + span.bytes.length - (span.end - span.start), 0)
  const result = new Uint8Array(bytes.length + change)
  let from = 0
  let to = 0
  for (const span of spans) {
    result.set(bytes.subarray(from, span.start), to)
    to += span.start - from
    result.set(span.bytes, to)
    to += span.bytes.length
    from = span.end
  }
  result.set(bytes.subarray(from), to)
  return result
}
