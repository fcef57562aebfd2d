import { Refused } from '../exchange/refusals.ts'
import type { Operation } from '../protocol/adapter.ts'

/** What a request for a WebSocket says, beside its target. */
export interface Handshake {
  /** Subprotocols that the client offers, without the one that carries our key: as they are offered upstream. */
  readonly protocols: readonly string[]
  /** The request's headers, and what subprotocols say in place of headers: for what is pinned. */
  readonly credentials: Headers
}

/** Browsers can set no header on a WebSocket, so a subprotocol may carry the detection key. It goes no further than here. */
const keyProtocol = 'sluice-detection-key.'
const keyForm = /^[A-Za-z0-9+/]{21}[AQgw]==$/
/** A token (RFC 9110, 5.6.2). */
const protocolForm = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,4096}$/
const maxProtocols = 16

export function asksForSocket({ method, headers }: Request): boolean {
  return method === 'GET' && headers.get('upgrade')?.toLowerCase() === 'websocket'
}

/** The detection key that stands among the subprotocols. Two of them are one that cannot be valid. */
export function keyOffered(request: Request): string | undefined {
  if (!asksForSocket(request)) return undefined
  const keys = offeredBy(request).filter((protocol) => protocol.startsWith(keyProtocol))
  return keys.length === 0 ? undefined : keys.map((protocol) => protocol.slice(keyProtocol.length)).join(', ')
}

export function handshakeOf(request: Request, { socket }: Operation): Handshake | Refused {
  const { headers } = request
  if (!asksForSocket(request)) return new Refused('SLUICE_UPGRADE_REQUIRED')
  if (headers.get('sec-websocket-version')?.trim() !== '13') return new Refused('SLUICE_UPGRADE_REQUIRED')
  const offered = offeredBy(request)
  const malformed =
    !keyForm.test(headers.get('sec-websocket-key')?.trim() ?? '') ||
    offered.length > maxProtocols ||
    new Set(offered).size < offered.length ||
    !offered.every((protocol) => protocolForm.test(protocol))
  if (malformed) return new Refused('SLUICE_REQUEST_MALFORMED', 'The handshake of the WebSocket is malformed.')
  const protocols = offered.filter((protocol) => !protocol.startsWith(keyProtocol))
  if (protocols.some((protocol) => protocol.includes('detect_live_'))) return new Refused('SLUICE_KEY_MISPLACED')
  const credentials = new Headers(headers)
  for (const [name, value] of socket?.credentials(protocols) ?? []) {
    // Which of the two the provider goes by is its own affair, so which of them is pinned could not be told.
    if (credentials.has(name)) {
      return new Refused('SLUICE_REQUEST_MALFORMED', 'A credential stands in a header and in a subprotocol.')
    }
    credentials.set(name, value)
  }
  return { protocols, credentials }
}

function offeredBy({ headers }: Request): readonly string[] {
  const list = headers.get('sec-websocket-protocol')
  return list === null ? [] : list.split(',').map((protocol) => protocol.trim())
}
