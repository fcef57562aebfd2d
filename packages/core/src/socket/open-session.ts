import type { Exchange } from '../exchange/exchange.ts'
import { addressed } from '../exchange/forward.ts'
import { Refused } from '../exchange/refusals.ts'
import type { SocketUpgrade } from '../protocol/socket.ts'
import type { Handshake } from './handshake.ts'
import { Session } from './session.ts'

/** Opens the provider's side first, so that a client whose session cannot be had is told so with a status. */
export async function openSession(
  exchange: Exchange,
  { protocols }: Handshake,
  upgrade: SocketUpgrade | undefined,
  over: () => void,
): Promise<Response | Refused> {
  const { route, runtime, draft, life } = exchange
  const { socket: reading } = route.operation
  if (upgrade === undefined) return new Refused('SLUICE_UPGRADE_REQUIRED')
  if (reading === undefined) return new Refused('SLUICE_INTERNAL')
  const options = { decoded: false, inspected: false, stream: false, upgrade: true }
  const to = await addressed(exchange, options, undefined)
  if (to instanceof Refused) return to
  const upstream = await runtime.upstream.open(to.origin, to.url, { headers: to.headers, protocols }, life)
  draft.stage('upstream')
  if (upstream instanceof Refused) return upstream
  if ('refused' in upstream) {
    const { status } = upstream
    if (status === undefined) return new Refused('SLUICE_UPSTREAM_UNREACHABLE')
    draft.fields.upstream = { status }
    return new Refused('SLUICE_UPSTREAM_REFUSED', `The provider did not open the WebSocket: status ${status}.`)
  }
  draft.fields.upstream = { status: 101 }
  const accepted = upgrade({
    protocol: protocols.includes(upstream.protocol) ? upstream.protocol : undefined,
    headers: { 'x-sluice-exchange-id': draft.id },
  })
  if (accepted === undefined) {
    upstream.cut()
    return new Refused('SLUICE_REQUEST_MALFORMED', 'The connection could not be made a WebSocket.')
  }
  draft.fields.status = 101
  draft.stream = true
  new Session(exchange, reading, accepted.socket, upstream, over).begin()
  return accepted.response
}
