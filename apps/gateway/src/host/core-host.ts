import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto'
import type { Host, HostRequest, HostResponse } from '@sluice/core'
import { connect } from './connect.ts'
import { decompress } from './decompress.ts'
import { runtime } from './runtime.ts'

/** The runtime under the core: Bun or Deno. */
export const coreHost: Host = {
  fetch: runtime === 'deno' ? fetchOnDeno : fetchOnBun,
  connect,
  sha256: (text) => createHash('sha256').update(text).digest('hex'),
  hmac: (key, text) => createHmac('sha256', Buffer.from(key, 'hex')).update(text).digest('hex'),
  timingSafeEqual: (a, b) => timingSafeEqual(digest(a), digest(b)),
  decompress,
  now: Date.now,
  clock: () => performance.now(),
  randomId,
}

function fetchOnBun(url: string, { method, headers, body, signal }: HostRequest): Promise<HostResponse> {
  // Bun's time-out is its own idea of ours, and without `decompress: false` the headers would lie about the body.
  return fetch(url, {
    method,
    headers,
    // Bodies are never in shared memory, which is all that the wider type adds.
    body: (body as Uint8Array<ArrayBuffer> | undefined) ?? null,
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
    ...(body === undefined ? {} : { body: new Blob([new Uint8Array(body)]).stream(), duplex: 'half' }),
  })
}

/** Texts of any length become digests of one length: comparing those tells nothing of the texts, nor of their length. */
function digest(text: string): Uint8Array {
  return createHash('sha256').update(text).digest()
}

const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

function randomId(length: number): string {
  let text = ''
  while (text.length < length) {
    for (const byte of randomBytes(length + 8)) {
      // 248 is the largest multiple of 62 that a byte can reach: above it some letters would come more often.
      if (byte < 248 && text.length < length) text += alphabet[byte % 62]
    }
  }
  return text
}
