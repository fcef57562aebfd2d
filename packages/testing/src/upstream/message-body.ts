import { Buffer } from 'node:buffer'
import { type HeaderList, headerHasToken, headerValue } from './message-head.ts'
import { type Arrival, ConnectionEnded, type SocketReader } from './socket-reader.ts'

/** How the end of a body is known (RFC 9112, 6.3). */
export type Framing =
  | { readonly type: 'none' }
  | { readonly type: 'length'; readonly length: number }
  | { readonly type: 'chunked' }
  | { readonly type: 'close' }

export function requestFraming(headers: HeaderList): Framing {
  return declaredFraming(headers) ?? { type: 'none' }
}

export function responseFraming(method: string, status: number, headers: HeaderList): Framing {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { type: 'none' }
  return declaredFraming(headers) ?? { type: 'close' }
}

function declaredFraming(headers: HeaderList): Framing | undefined {
  if (headerHasToken(headers, 'transfer-encoding', 'chunked')) return { type: 'chunked' }
  const length = headerValue(headers, 'content-length')
  return length === undefined ? undefined : { type: 'length', length: Number(length) }
}

/** The body without its framing, as it comes. Throws `ConnectionEnded` when it is cut off. */
export async function* readBody(reader: SocketReader, framing: Framing): AsyncGenerator<Arrival> {
  if (framing.type === 'length') yield* readLength(reader, framing.length)
  if (framing.type === 'chunked') yield* readChunked(reader)
  if (framing.type === 'close') yield* readToEnd(reader)
}

async function* readLength(reader: SocketReader, length: number): AsyncGenerator<Arrival> {
  for (let left = length; left > 0; ) {
    const arrival = await reader.some(left)
    left -= arrival.bytes.length
    yield arrival
  }
}

async function* readChunked(reader: SocketReader): AsyncGenerator<Arrival> {
  while (true) {
    const line = Buffer.from(await reader.through('\r\n')).toString('latin1')
    const size = Number.parseInt(line, 16)
    if (Number.isNaN(size)) throw new Error('a chunk has no size')
    if (size === 0) break
    yield* readLength(reader, size)
    await reader.through('\r\n')
  }
  // Trailers, if any, end with an empty line like the head.
  while ((await reader.through('\r\n')).length > 2);
}

async function* readToEnd(reader: SocketReader): AsyncGenerator<Arrival> {
  while (true) {
    try {
      yield await reader.some()
    } catch (error) {
      if (error instanceof ConnectionEnded && !error.reset) return
      throw error
    }
  }
}
