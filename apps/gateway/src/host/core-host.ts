import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Host, HostRequest, HostResponse, StreamedBody } from '@sluice/core'
import { connect } from './connect.ts'
import { connectWebSocket } from './connect-web-socket.ts'
import { decompress } from './decompress.ts'
import { runtime } from './runtime.ts'
import { spoolIn } from './spool.ts'

/** The runtime under the core, Bun or Deno; what is kept on disk is kept in a folder of the configuration's. */
export function hostWith(spoolFolder: string): Host {
  return { ...coreHost, spool: spoolIn(spoolFolder) }
}

export const coreHost: Omit<Host, 'spool'> = {
  fetch: runtime === 'deno' ? fetchOnDeno : fetchOnBun,
  connect,
  connectWebSocket,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  hmac: (key, text) => createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex'),
  // Lengths are no secret here: what is compared are hashes.
  timingSafeEqual: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
  decompress,
  now: Date.now,
  clock: () => performance.now(),
  randomId,
}

function fetchOnBun(url: string, { method, headers, body, signal }: HostRequest): Promise<HostResponse> {
  const streamed = body === undefined || body instanceof Uint8Array ? undefined : body
  // Bun sends a stream in chunks unless its length is said.
  if (streamed !== undefined) headers.set('content-length', String(streamed.size))
  // Bun's time-out is its own idea of ours, and without `decompress: false` the headers would lie about the body.
  return fetch(url, {
    method,
    headers,
    // Bodies are never in shared memory, which is all that the wider type adds.
    body: streamed?.stream() ?? (body as Uint8Array<ArrayBuffer> | undefined) ?? null,
    signal,
    redirect: 'manual',
    decompress: false,
    timeout: false,
  })
}

/**
 * Deno decompresses unless it was asked for `identity`; then it leaves the bytes alone, even if they come coded all the
 * same. The body is a stream because Deno would send bytes again, unasked, when a kept connection turns out closed, and
 * a generation would be paid for twice.
 */
function fetchOnDeno(url: string, { method, headers, body, signal }: HostRequest): Promise<HostResponse> {
  const sent = new Headers(headers)
  sent.set('accept-encoding', 'identity')
  return fetch(url, {
    method,
    headers: sent,
    signal,
    redirect: 'manual',
    ...(body === undefined ? {} : { body: streamOf(body), duplex: 'half' }),
  })
}

/** In chunks: Deno takes no length for a stream. */
function streamOf(body: Uint8Array | StreamedBody): ReadableStream<Uint8Array> {
  return body instanceof Uint8Array ? new Blob([new Uint8Array(body)]).stream() : body.stream()
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Random bytes are drawn many at a time and each is used once. */
let pool: Uint8Array = new Uint8Array(0)
let drawn = 0

function randomId(length: number): string {
  let text = ''
  while (text.length < length) {
    if (drawn === pool.length) {
      pool = randomBytes(4096)
      drawn = 0
    }
    const byte = pool[drawn] ?? 255
    drawn += 1
    // 248 is the largest multiple of 62 that a byte can reach: above it some letters would come more often.
    if (byte < 248) text += alphabet[byte % 62]
  }
  return text
}
