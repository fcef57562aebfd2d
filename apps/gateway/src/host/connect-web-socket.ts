import type { Socket, SocketRefused, SocketRequest } from '@sluice/core'
import { type AnyWebSocket, WebSocketEnd } from './web-socket.ts'

/** As Bun and Deno take it beyond the standard. Deno never offers compression. */
type WebSocketWithHeaders = new (
  url: string,
  options: { headers: Record<string, string>; protocols: string[]; perMessageDeflate: false },
) => AnyWebSocket

/** Both say it in words only: `Expected 101 status code: 401`, `Invalid status code: 401`. */
const otherStatus = /status code: ([1-5][0-9]{2})\b/

/** @see Host.connectWebSocket */
export function connectWebSocket(
  url: string,
  { headers, protocols, signal }: SocketRequest,
): Promise<Socket | SocketRefused> {
  return new Promise((resolve) => {
    // Both runtimes have this constructor, which the type of the standard one does not tell.
    const Connecting = WebSocket as unknown as WebSocketWithHeaders
    let socket: AnyWebSocket
    try {
      socket = new Connecting(url, {
        headers: Object.fromEntries(headers),
        protocols: [...protocols],
        perMessageDeflate: false,
      })
    } catch {
      // A protocol or header that the runtime will not send.
      resolve({ refused: true })
      return
    }
    const end = new WebSocketEnd(socket)
    const onAbort = (): void => {
      end.cut()
      settle({ refused: true })
    }
    const settle = (outcome: Socket | SocketRefused): void => {
      signal.removeEventListener('abort', onAbort)
      resolve(outcome)
    }
    signal.addEventListener('abort', onAbort)
    socket.addEventListener('open', () => settle(end))
    socket.addEventListener('error', (event) => {
      const message = 'message' in event ? String(event.message) : ''
      const status = otherStatus.exec(message)?.[1]
      settle(status === undefined ? { refused: true } : { refused: true, status: Number(status) })
    })
    socket.addEventListener('close', () => settle({ refused: true }))
  })
}
