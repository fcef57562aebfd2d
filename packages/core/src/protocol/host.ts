import type { Socket, SocketRefused, SocketRequest } from './socket.ts'

/**
 * What the core asks of a runtime beyond web standards. The hashes are synchronous: `crypto.subtle` costs 50 times as
 * much a call, and a gateway hashes at every request.
 */
export interface Host {
  /**
   * Like `fetch`, but: redirects are never followed, nothing is decompressed (`content-encoding` and the bytes agree),
   * no proxy of the environment is used, and there is no time-out of its own. Rejects when no response came.
   */
  readonly fetch: (url: string, init: HostRequest) => Promise<HostResponse>
  /** Opens a TCP connection to the URL's host and port and closes it: `fetch` cannot tell connecting from answering. */
  readonly connect: (url: string, timeoutMs: number) => Promise<'connected' | 'refused' | 'timeout'>
  /**
   * Opens a WebSocket without compression; redirects are not followed. A subprotocol is asked for where some are named.
   * Never rejects.
   */
  readonly connectWebSocket: (url: string, init: SocketRequest) => Promise<Socket | SocketRefused>
  /** SHA-256, lower-case hex. */
  readonly sha256: (text: string) => string
  /** HMAC-SHA-256, lower-case hex. `key` is hex. */
  readonly hmac: (key: string, text: string) => string
  readonly timingSafeEqual: (a: string, b: string) => boolean
  /**
   * Undoes one content coding. `undefined`: not exactly one whole stream of that coding. `too-large`: it would pass
   * `maxBytes`, and decoding stopped there.
   */
  readonly decompress: (
    coding: ContentCoding,
    bytes: Uint8Array,
    maxBytes: number,
  ) => Uint8Array | 'too-large' | undefined
  /** A new place on disk for what is too large for memory. Rejects where the disk has none. */
  readonly spool: () => Promise<Spool>
  /** Milliseconds since 1970. */
  readonly now: () => number
  /** Milliseconds, monotonic, with fractions. */
  readonly clock: () => number
  /** `length` random characters of `[A-Za-z0-9]`, unguessable. */
  readonly randomId: (length: number) => string
}

export type ContentCoding = 'gzip' | 'deflate' | 'br' | 'zstd'

export interface HostRequest {
  readonly method: string
  readonly headers: Headers
  readonly body: Uint8Array | StreamedBody | undefined
  readonly signal: AbortSignal
}

/** A body that is not in memory. */
export interface StreamedBody {
  /** Bytes, exactly: sent as `content-length` where the runtime allows it. */
  readonly size: number
  /** All of it, from its first byte. */
  readonly stream: () => ReadableStream<Uint8Array>
}

/** Bytes that can be read piece by piece, in any order. */
export interface ByteSource {
  readonly size: number
  /** The bytes from `start` to `end`, fewer only where there are no more. */
  read(start: number, end: number): Promise<Uint8Array>
}

/** Bytes kept on disk, encrypted under a key that is nowhere but in memory. */
export interface Spool extends ByteSource {
  /** Rejects where the disk takes no more. The bytes may be used again once it resolves. */
  append(bytes: Uint8Array): Promise<void>
  /** Takes it off the disk. What is read afterwards is rejected. May be called again. */
  remove(): void
}

export interface HostResponse {
  readonly status: number
  /** As received; `content-encoding` tells truly how `body` is coded. Repeated `set-cookie` stay apart. */
  readonly headers: Headers
  readonly body: ReadableStream<Uint8Array> | null
  /** All of the body at once, in place of `body`: for short ones, a fraction of the cost of a stream. */
  readonly bytes: () => Promise<Uint8Array>
}
