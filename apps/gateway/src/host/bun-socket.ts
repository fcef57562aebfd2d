import type { Socket, SocketListener } from '@sluice/core'
import type { ServerWebSocket, WebSocketHandler } from 'bun'
import { goodbyeMs, lost, SocketQueue } from './socket-queue.ts'

/** Bytes of one message that are joined before anybody looks at it. `limits.maxMessageBytes` is no greater. */
export const maxJoinedBytes = 64 * 1024 * 1024

/** The client's end on Bun, whose server has no standard `WebSocket`. */
export class BunSocket implements Socket {
  readonly protocol: string
  readonly queue: SocketQueue = new SocketQueue()
  private socket: ServerWebSocket<BunSocket> | undefined
  private early: string[] = []
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(protocol: string) {
    this.protocol = protocol
  }

  get unsent(): number {
    return this.socket?.getBufferedAmount() ?? 0
  }

  opened(socket: ServerWebSocket<BunSocket>): void {
    this.socket = socket
    for (const text of this.early.splice(0)) socket.send(text)
  }

  closed(code: number, reason: string): void {
    clearTimeout(this.timer)
    this.queue.close(code, reason)
  }

  listen(listener: SocketListener): void {
    this.queue.listen(listener)
  }

  send(text: string): void {
    if (this.socket === undefined) this.early.push(text)
    else this.socket.send(text)
  }

  close(code: number, reason: string): void {
    this.queue.close(lost, '')
    this.socket?.close(code, reason)
    this.timer = setTimeout(() => this.cut(), goodbyeMs)
  }

  cut(): void {
    this.queue.close(lost, '')
    this.socket?.terminate()
  }
}

/** Bun hands the events of all connections to one object. */
export const bunSockets: WebSocketHandler<BunSocket> = {
  // A message of a few bytes could be a bomb.
  perMessageDeflate: false,
  maxPayloadLength: maxJoinedBytes,
  // Pings go out by themselves; one who does not answer for so long is gone.
  idleTimeout: 120,
  sendPings: true,
  // What waits is counted, and its bound kept, by the core.
  backpressureLimit: 0x7fff_ffff,
  open: (socket) => socket.data.opened(socket),
  message: ({ data }, message) => data.queue.message(typeof message === 'string' ? message : undefined),
  close: ({ data }, code, reason) => data.closed(code, reason),
}
