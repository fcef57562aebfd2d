import type { Socket, SocketListener } from '@sluice/core'
import { goodbyeMs, lost, SocketQueue } from './socket-queue.ts'

/** A standard `WebSocket`, with what Bun's has besides. */
export type AnyWebSocket = WebSocket & { terminate?(): void }

/** One end of a connection that the runtime shows as a standard `WebSocket`, open or about to be. */
export class WebSocketEnd implements Socket {
  private readonly socket: AnyWebSocket
  private readonly queue: SocketQueue = new SocketQueue()
  /** What was to be done before the connection stood. */
  private early: (() => void)[] | undefined
  private timer: ReturnType<typeof setTimeout> | undefined

  constructor(socket: AnyWebSocket) {
    this.socket = socket
    socket.binaryType = 'arraybuffer'
    this.early = socket.readyState === WebSocket.CONNECTING ? [] : undefined
    socket.addEventListener('open', () => {
      const early = this.early ?? []
      this.early = undefined
      for (const work of early) work()
    })
    socket.addEventListener('message', ({ data }) => this.queue.message(typeof data === 'string' ? data : undefined))
    // Deno says 0 where a connection was lost.
    socket.addEventListener('close', ({ code, reason }) => {
      clearTimeout(this.timer)
      this.queue.close(code === 0 ? lost : code, reason)
    })
    // Stays: what went wrong is followed by a close, and an error that nobody hears would end the process on Deno.
    socket.addEventListener('error', (event) => event.preventDefault())
  }

  get protocol(): string {
    return this.socket.protocol
  }

  get unsent(): number {
    return this.socket.bufferedAmount
  }

  listen(listener: SocketListener): void {
    this.queue.listen(listener)
  }

  send(text: string): void {
    if (this.early !== undefined) this.early.push(() => this.send(text))
    else if (this.socket.readyState === WebSocket.OPEN) this.socket.send(text)
  }

  close(code: number, reason: string): void {
    this.queue.close(lost, '')
    this.timer = setTimeout(() => this.cut(), goodbyeMs)
    if (this.early === undefined) this.goodbye(code, reason)
    else this.early.push(() => this.goodbye(code, reason))
  }

  cut(): void {
    this.queue.close(lost, '')
    this.early = undefined
    if (this.socket.readyState === WebSocket.CLOSED) return
    if (this.socket.terminate !== undefined) this.socket.terminate()
    else if (this.socket.readyState < WebSocket.CLOSING) this.socket.close()
  }

  private goodbye(code: number, reason: string): void {
    if (this.socket.readyState >= WebSocket.CLOSING) return
    try {
      this.socket.close(code, reason)
    } catch {
      // Deno's clients may say 1000 and what begins with 3 or 4, as in browsers.
      this.socket.close(1000)
    }
  }
}
