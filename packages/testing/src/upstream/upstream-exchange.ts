import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { concatBytes, type Sendable, toBytes } from './bytes.ts'
import { type Framing, responseFraming } from './message-body.ts'
import { encodeHead, type HeaderFields, headerHasToken, headerList } from './message-head.ts'
import type { UpstreamRequest } from './upstream-request.ts'

/** Thrown into a script whose client has left, so that it stops. Scripts need not catch it. */
export class ClientGone extends Error {
  override readonly name = 'ClientGone'
}

/** Answers one request, byte by byte. Whatever it leaves open when it returns is ended. */
export type Responder = (exchange: UpstreamExchange) => void | Promise<void>

/** `open` until it is ended by us, reset by us, or left by the client. */
export type ExchangeState = 'open' | 'ended' | 'reset' | 'aborted'

export class UpstreamExchange {
  readonly request: UpstreamRequest
  /** Resolves with the `performance.now()` at which the client left before the answer ended; otherwise never. */
  readonly aborted: Promise<number>
  #abortedAt: number | undefined
  #state: ExchangeState = 'open'
  #written = 0
  readonly #socket: Socket
  readonly #changed: () => void
  readonly #gone: Promise<never>
  readonly #leave: (at: number) => void
  #framing: Framing = { type: 'close' }
  #keepAlive = false
  #rawBytes = 0

  constructor(request: UpstreamRequest, socket: Socket, changed: () => void) {
    this.request = request
    this.#socket = socket
    this.#changed = changed
    const { promise, resolve } = Promise.withResolvers<number>()
    this.aborted = promise
    this.#leave = resolve
    this.#gone = promise.then(() => {
      throw new ClientGone('the client has left')
    })
    // A script that never waits again must not leave the rejection unhandled.
    this.#gone.catch(() => {})
  }

  get state(): ExchangeState {
    return this.#state
  }

  get abortedAt(): number | undefined {
    return this.#abortedAt
  }

  /** Bytes handed to the network, heads included. Stops growing when the client does not read. */
  get written(): number {
    return this.#written
  }

  /** Whether another request may follow on this connection. */
  get reusable(): boolean {
    return this.#state === 'ended' && this.#keepAlive
  }

  /** Writes exactly these headers and no others. A 1xx status may come before the real head. */
  async head(status: number, headers: HeaderFields = [], reason: string = STATUS_CODES[status] ?? ''): Promise<void> {
    const list = headerList(headers)
    const { request } = this
    if (status >= 200) {
      this.#framing = responseFraming(request.method, status, list)
      this.#keepAlive =
        this.#framing.type !== 'close' &&
        request.httpVersion === '1.1' &&
        !headerHasToken(request.headers, 'connection', 'close') &&
        !headerHasToken(list, 'connection', 'close')
    }
    await this.#send(encodeHead(`HTTP/1.1 ${status} ${reason}`, list))
  }

  /** Writes these bytes as they are; resolves when the network has taken them. */
  async write(content: Sendable): Promise<void> {
    const bytes = toBytes(content)
    this.#rawBytes += bytes.length
    await this.#send(bytes)
  }

  /** Writes one chunk of a body whose head said `transfer-encoding: chunked`. Nothing for no bytes: that would end it. */
  async chunk(content: Sendable): Promise<void> {
    const bytes = toBytes(content)
    if (bytes.length === 0) return
    await this.#send(concatBytes([toBytes(`${bytes.length.toString(16)}\r\n`), bytes, toBytes('\r\n')]))
  }

  /** Resolves after that many milliseconds. */
  async pause(milliseconds: number): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined
    const passed = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, milliseconds)
    })
    await Promise.race([passed, this.#gone]).finally(() => clearTimeout(timer))
  }

  /** Goes silent until the client leaves or the upstream is closed. */
  stall(): Promise<never> {
    return this.#gone
  }

  /**
   * Ends the answer: the last chunk where chunks were written, then the connection unless the client can know the end
   * from the framing. Short of its `content-length`, or with chunked framing written by `write`, it closes.
   */
  async end(): Promise<void> {
    if (this.#state !== 'open') return
    const framing = this.#framing
    if (framing.type === 'chunked' && this.#rawBytes === 0) await this.#send(toBytes('0\r\n\r\n'))
    const complete = this.#rawBytes === (framing.type === 'length' ? framing.length : 0)
    if (!complete || !this.#keepAlive) this.cut()
    else this.#settle('ended')
  }

  /** Closes the connection here (FIN), whatever the framing promised. */
  cut(): void {
    if (this.#state !== 'open') return
    this.#keepAlive = false
    this.#settle('ended')
    this.#socket.end()
  }

  /** Resets the connection (RST). */
  reset(): void {
    if (this.#state !== 'open') return
    this.#settle('reset')
    this.#socket.resetAndDestroy()
  }

  /** For the server alone: the connection has ended. */
  clientLeft(): void {
    if (this.#state !== 'open') return
    this.#abortedAt = performance.now()
    this.#leave(this.#abortedAt)
    this.#settle('aborted')
  }

  #settle(state: ExchangeState): void {
    this.#state = state
    this.#changed()
  }

  async #send(bytes: Uint8Array): Promise<void> {
    if (this.#state === 'aborted') await this.#gone
    if (this.#state !== 'open') throw new Error('the exchange has ended; nothing more can be written')
    const taken = new Promise<void>((resolve) => {
      this.#socket.write(bytes, (error) => {
        if (!error) resolve()
      })
    })
    await Promise.race([taken, this.#gone])
    this.#written += bytes.length
  }
}
