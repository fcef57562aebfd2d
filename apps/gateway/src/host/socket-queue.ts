import type { SocketListener } from '@sluice/core'

/** Keeps what a socket is told until somebody listens, and tells of its end once. */
export class SocketQueue {
  private listener: SocketListener | undefined
  private readonly early: ((listener: SocketListener) => void)[] = []
  private over = false

  listen(listener: SocketListener): void {
    this.listener = listener
    for (const tell of this.early.splice(0)) tell(listener)
  }

  message(text: string | undefined): void {
    if (!this.over) this.tell((listener) => listener.message(text))
  }

  close(code: number, reason: string): void {
    if (this.over) return
    this.over = true
    this.tell((listener) => listener.close(code, reason))
  }

  private tell(told: (listener: SocketListener) => void): void {
    if (this.listener === undefined) this.early.push(told)
    else told(this.listener)
  }
}

/** The connection was lost, or broken by what is no WebSocket: there was no goodbye. */
export const lost = 1006
/** How long the other side may take to read what was sent and to say goodbye, too, before the connection is cut. */
export const goodbyeMs = 5000
