import { Refused } from './refusals.ts'

const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Tokens of `Connection` that name no end-to-end header. */
const connectionTokens: ReadonlySet<string> = new Set([...hopByHop, 'close', 'http2-settings', ''])

/** Never sent upstream: framing, forwarding and method override, which could make two servers see two requests. */
const notForwarded: ReadonlySet<string> = new Set([
  ...hopByHop,
  'host',
  'content-length',
  'expect',
  'x-detection-key',
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-port',
  'x-forwarded-prefix',
  'x-forwarded-proto',
  'x-forwarded-server',
  'x-real-ip',
  'x-original-host',
  'x-original-url',
  'x-rewrite-url',
  'x-http-method',
  'x-http-method-override',
  'x-method-override',
])

/** Of the handshake of a WebSocket: each of its two connections has its own. */
const ofHandshake: ReadonlySet<string> = new Set([
  'sec-websocket-key',
  'sec-websocket-version',
  'sec-websocket-extensions',
  'sec-websocket-protocol',
  'sec-websocket-accept',
])

const notReturned: ReadonlySet<string> = new Set([...hopByHop, 'content-length'])

/** What is said of the provider's bytes and would be wrong of ours. */
const changedByEdits: ReadonlySet<string> = new Set([
  'content-encoding',
  'etag',
  'content-md5',
  'digest',
  'content-digest',
  'repr-digest',
])

const readableCodings: ReadonlySet<string> = new Set(['gzip', 'x-gzip', 'deflate', 'br', 'zstd', 'identity'])

/** The header names dropped on the way to the provider and back: documented, and nothing else is. */
export const droppedHeaders: { readonly request: ReadonlySet<string>; readonly response: ReadonlySet<string> } = {
  request: notForwarded,
  response: notReturned,
}

export interface ForwardOptions {
  /** The body was decoded: its coding is gone. */
  readonly decoded: boolean
  /** A body comes back that is read: ranges would cut it. */
  readonly inspected: boolean
  /** A stream or a file is asked for: it must come plain to be read while it passes. */
  readonly stream: boolean
  /** A WebSocket is asked for. */
  readonly upgrade?: boolean
}

/** The client's headers as the provider gets them, or a refusal where they could mean two things. */
export function requestHeaders(client: Headers, options: ForwardOptions): Headers | Refused {
  // A copy of all, less what is dropped, costs a third of a copy header by header; repeated headers are joined already.
  const forwarded = new Headers(client)
  for (const [name, value] of client) {
    if (name === 'connection') {
      const stray = value.split(',').some((token) => !connectionTokens.has(token.trim().toLowerCase()))
      if (stray) return new Refused('SLUICE_REQUEST_MALFORMED', 'The Connection header names an end-to-end header.')
    }
    const isOther = options.upgrade === true && ofHandshake.has(name)
    if (isOther || notForwarded.has(name) || name.startsWith('x-sluice-')) {
      forwarded.delete(name)
      continue
    }
    if (value.includes('detect_live_')) return new Refused('SLUICE_KEY_MISPLACED')
    const cut = options.inspected && (name === 'range' || name === 'if-range')
    if (cut || (options.decoded && name === 'content-encoding')) forwarded.delete(name)
    else if (name === 'accept-encoding') forwarded.set(name, options.stream ? 'identity' : narrowed(value))
  }
  return forwarded
}

/** The provider's headers as the client gets them. `edited`: the body is not the provider's bytes any more. */
export function responseHeaders(provider: Headers, exchange: string, edited: boolean): Headers {
  const returned = new Headers(provider)
  for (const name of provider.keys()) {
    const stale = edited && changedByEdits.has(name)
    if (stale || notReturned.has(name) || name.startsWith('x-sluice-')) returned.delete(name)
  }
  returned.set('x-sluice-exchange-id', exchange)
  return returned
}

function narrowed(accepted: string): string {
  const kept = accepted
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => readableCodings.has((coding.split(';')[0] ?? '').trim().toLowerCase()))
  return kept.length === 0 ? 'identity' : kept.join(', ')
}
