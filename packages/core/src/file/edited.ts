import type { ByteSpan } from '../multipart/splice.ts'
import type { ByteSource, StreamedBody } from '../protocol/host.ts'

const readBytes = 262_144

/** A source with stretches of it replaced (`spans` in order and apart), as a body that is read while it is sent. */
export function editedBody(source: ByteSource, spans: readonly ByteSpan[], onRead?: () => void): StreamedBody {
  const change = spans.reduce((sum, { start, end, bytes }) => sum + bytes.length - (end - start), 0)
  return {
    size: source.size + change,
    stream() {
      const pieces = piecesOf(source, spans)
      return new ReadableStream<Uint8Array>(
        {
          async pull(controller) {
            onRead?.()
            const { done, value } = await pieces.next()
            if (done === true) controller.close()
            else controller.enqueue(value)
          },
          async cancel() {
            await pieces.return()
          },
        },
        // Nothing is read ahead of whoever takes it.
        { highWaterMark: 0 },
      )
    },
  }
}

async function* piecesOf(source: ByteSource, spans: readonly ByteSpan[]): AsyncGenerator<Uint8Array, void> {
  let at = 0
  for (const span of [...spans, { start: source.size, end: source.size, bytes: new Uint8Array() }]) {
    while (at < span.start) {
      const piece = await source.read(at, Math.min(span.start, at + readBytes))
      if (piece.length === 0) throw new Error('the source is shorter than it was')
      at += piece.length
      yield piece
    }
    if (span.bytes.length > 0) yield span.bytes
    at = span.end
  }
}
