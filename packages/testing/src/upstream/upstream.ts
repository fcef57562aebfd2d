import { createServer, type Server, type Socket } from 'node:net'
import { SocketReader } from './socket-reader.ts'
import { ClientGone, type Responder, UpstreamExchange } from './upstream-exchange.ts'
import { readRequest, type UpstreamRequest } from './upstream-request.ts'

/** A provider that does exactly what a test says, byte for byte. */
export class Upstream implements AsyncDisposable {
  /** All that came, in order of arrival, those cut off within their body included. */
  readonly requests: UpstreamRequest[] = []
  /** Those that were answered or are being answered, in order of arrival. */
  readonly exchanges: UpstreamExchange[] = []
  #connections = 0
  #standing: Responder = noResponder
  readonly #queued: Responder[] = []
  readonly #faults: unknown[] = []
  readonly #sockets: Set<Socket> = new Set()
  readonly #watchers: Set<() => void> = new Set()
  readonly #server: Server
  #port = 0

  /** Use `startUpstream`. */
  constructor() {
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#serve(socket).catch((fault: unknown) => {
        this.#faults.push(fault)
        socket.resetAndDestroy()
      })
    })
  }

  /** `http://127.0.0.1:PORT`, without a slash at the end. */
  get url(): string {
    return `http://127.0.0.1:${this.#port}`
  }

  get port(): number {
    return this.#port
  }

  /** Connections ever accepted, with or without a request. */
  get connections(): number {
    return this.#connections
  }

  /** Exchanges whose answer has neither ended nor been cut off. */
  get open(): number {
    return this.exchanges.filter((exchange) => exchange.state === 'open').length
  }

  /** Exchanges whose client left before the answer had ended. */
  get aborted(): readonly UpstreamExchange[] {
    return this.exchanges.filter((exchange) => exchange.state === 'aborted')
  }

  /** Answers all requests from now on, except those `once` is queued for. */
  respond(responder: Responder): void {
    this.#standing = responder
  }

  /** The same as `respond`, for a responder written out in place. */
  script(responder: Responder): void {
    this.respond(responder)
  }

  /** Answers one request. Several are used in the order they were queued. */
  once(responder: Responder): void {
    this.#queued.push(responder)
  }

  /**
   * Resolves when `condition` holds; asked again whenever a connection, request or exchange changes. Rejects after
   * `timeoutMs`, 2,000 by default.
   */
  async until(condition: (upstream: Upstream) => boolean, timeoutMs: number = 2000): Promise<void> {
    if (condition(this)) return
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    const watcher = (): void => {
      if (condition(this)) resolve()
    }
    const timer = setTimeout(() => {
      reject(new Error(`not so within ${timeoutMs} ms: ${condition}`))
    }, timeoutMs)
    this.#watchers.add(watcher)
    await promise.finally(() => {
      clearTimeout(timer)
      this.#watchers.delete(watcher)
    })
  }

  /** Cuts every connection at once. Rejects with the first error a responder threw, so that none is lost. */
  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve())
    })
    for (const socket of this.#sockets) socket.destroy()
    await closed
    if (this.#faults.length > 0) throw this.#faults[0]
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close()
  }

  /** For `startUpstream` alone. */
  async listen(): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.#server.once('error', reject)
    this.#server.listen(0, '127.0.0.1', () => resolve())
    await promise
    const address = this.#server.address()
    if (address === null || typeof address === 'string') throw new Error('the upstream has no port')
    this.#port = address.port
  }

  async #serve(socket: Socket): Promise<void> {
    const connection = this.#connections++
    this.#sockets.add(socket)
    const reader = new SocketReader(socket)
    let current: UpstreamExchange | undefined
    const left = (): void => current?.clientLeft()
    socket.on('end', left)
    socket.on('error', left)
    socket.on('close', () => {
      left()
      this.#sockets.delete(socket)
    })
    this.#changed()
    while (true) {
      const request = await readRequest(reader, connection, () => socket.write('HTTP/1.1 100 Continue\r\n\r\n'))
      if (request === undefined) return
      this.requests.push(request)
      if (request.complete) {
        current = new UpstreamExchange(request, socket, () => this.#changed())
        this.exchanges.push(current)
      }
      this.#changed()
      if (!request.complete || current === undefined) return
      await this.#answer(current)
      if (!current.reusable) return
    }
  }

  async #answer(exchange: UpstreamExchange): Promise<void> {
    const responder = this.#queued.shift() ?? this.#standing
    try {
      await responder(exchange)
      await exchange.end()
    } catch (error) {
      if (error instanceof ClientGone) return
      exchange.reset()
      throw error
    }
  }

  #changed(): void {
    for (const watcher of this.#watchers) watcher()
  }
}

/** Starts an upstream on a free port of the loopback interface. */
export async function startUpstream(): Promise<Upstream> {
  const upstream = new Upstream()
  await upstream.listen()
  return upstream
}

async function noResponder(exchange: UpstreamExchange): Promise<void> {
  const body = '{"error":{"message":"no responder was set","type":"test_upstream","param":null,"code":null}}'
  await exchange.head(501, { 'content-type': 'application/json', 'content-length': `${body.length}` })
  await exchange.write(body)
}
