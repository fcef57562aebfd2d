import { splitAt, stepsOf } from '../split/split-at.ts'
import { concatBytes, type Sendable, toBytes } from './bytes.ts'
import { type HeaderFields, headerList } from './message-head.ts'
import type { Responder, UpstreamExchange } from './upstream-exchange.ts'

export interface AnswerOptions {
  /** Default 200. */
  readonly status?: number
  /** Before the framing headers; one named like a default replaces it. */
  readonly headers?: HeaderFields
}

/** Where to cut: pieces of a size, `bytes` for one at a time, or positions as `splitAt` takes them. */
export type SplitHow = number | 'bytes' | readonly number[]

export interface SseOptions extends AnswerOptions {
  /** Default: one piece a frame; a text is one piece. */
  readonly split?: SplitHow
  /** Between two pieces; 0 by default, and then the client may get several in one read. */
  readonly delayMs?: number
  /**
   * How the stream ends. `chunked`, the default: properly, in chunked framing, one chunk a piece. `close`: properly,
   * without framing, by closing. The others are cut off within chunked framing: `cut` by FIN, `reset` by RST, `stall`
   * by silence.
   */
  readonly end?: 'chunked' | 'close' | 'cut' | 'reset' | 'stall'
}

/** A whole JSON answer. A text or bytes go out as they are, any other value as `JSON.stringify` writes it. */
export function json(value: unknown, options: AnswerOptions = {}): Responder {
  const body = typeof value === 'string' || value instanceof Uint8Array ? value : JSON.stringify(value)
  return whole(body, 'application/json', options)
}

/** A whole answer of any kind, `text/plain` unless the headers say otherwise. */
export function text(body: Sendable, options: AnswerOptions = {}): Responder {
  return whole(body, 'text/plain; charset=utf-8', options)
}

/** These bytes and nothing else, head included, then FIN. */
export function bytes(raw: Sendable): Responder {
  return async (exchange) => {
    await exchange.write(raw)
    exchange.cut()
  }
}

/**
 * An event stream. A text is the stream to the byte. In a list, a text is a frame to the byte, blank line and all, and
 * any other value is the frame `data: <JSON>`.
 */
export function sse(frames: Sendable | readonly unknown[], options: SseOptions = {}): Responder {
  const { status = 200, headers = [], split, delayMs = 0, end = 'chunked' } = options
  const pieces = cut(typeof frames === 'string' || frames instanceof Uint8Array ? [frames] : frames.map(frame), split)
  const framing: [string, string][] = end === 'close' ? [['connection', 'close']] : [['transfer-encoding', 'chunked']]
  const head = withDefaults(headers, [['content-type', 'text/event-stream; charset=utf-8'], ...framing])
  return async (exchange) => {
    await exchange.head(status, head)
    for (const [index, piece] of pieces.entries()) {
      if (index > 0 && delayMs > 0) await exchange.pause(delayMs)
      await (end === 'close' ? exchange.write(piece) : exchange.chunk(piece))
    }
    await finish(exchange, end)
  }
}

async function finish(exchange: UpstreamExchange, end: NonNullable<SseOptions['end']>): Promise<void> {
  if (end === 'cut') exchange.cut()
  else if (end === 'reset') exchange.reset()
  else if (end === 'stall') await exchange.stall()
  else await exchange.end()
}

function whole(body: Sendable, contentType: string, { status = 200, headers = [] }: AnswerOptions): Responder {
  const content = toBytes(body)
  const head = withDefaults(headers, [
    ['content-type', contentType],
    ['content-length', `${content.length}`],
  ])
  return async (exchange) => {
    await exchange.head(status, head)
    if (exchange.request.method !== 'HEAD') await exchange.write(content)
  }
}

function withDefaults(headers: HeaderFields, defaults: readonly [string, string][]): HeaderFields {
  const own = headerList(headers)
  const named = new Set(own.map(([name]) => name.toLowerCase()))
  return [...own, ...defaults.filter(([name]) => !named.has(name))]
}

function frame(value: unknown): Sendable {
  return typeof value === 'string' || value instanceof Uint8Array ? value : `data: ${JSON.stringify(value)}\n\n`
}

function cut(frames: readonly Sendable[], split: SplitHow | undefined): Uint8Array[] {
  const own = frames.map(toBytes)
  if (split === undefined) return own
  const stream = concatBytes(own)
  if (typeof split === 'object') return splitAt(stream, split)
  return splitAt(stream, stepsOf(split === 'bytes' ? 1 : split, stream.length))
}
