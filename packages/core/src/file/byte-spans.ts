import type { Span } from '../json/spans.ts'
import type { ByteSpan } from '../multipart/splice.ts'

const utf8 = new TextEncoder()

/** Spans of a text as spans of the bytes it was decoded from, which begin at byte `base`. */
export function byteSpans(text: string, spans: readonly Span[], base: number): ByteSpan[] {
  const made: ByteSpan[] = []
  let at = 0
  let offset = base
  for (const span of spans) {
    const start = offset + utf8.encode(text.slice(at, span.start)).length
    offset = start + utf8.encode(text.slice(span.start, span.end)).length
    at = span.end
    made.push({ start, end: offset, bytes: utf8.encode(span.replacement) })
  }
  return made
}
