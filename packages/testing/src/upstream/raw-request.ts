import { connect, type Socket } from 'node:net'
import { concatBytes, type Sendable, toBytes } from './bytes.ts'
import { readBody, responseFraming } from './message-body.ts'
import { encodeHead, type HeaderFields, type HeaderList, headerList, headerValue, readHead } from './message-head.ts'
import { type Arrival, ConnectionEnded, SocketReader } from './socket-reader.ts'

/** `host`, and `content-length` with a body, are added unless the headers hold them or `transfer-encoding`. */
export interface RawRequest {
  /** Default GET. */
  readonly method?: string
  /** Goes out to the letter. Default: path and query of the URL. */
  readonly target?: string
  readonly headers?: HeaderFields
  readonly body?: Sendable
}

export interface RawResponse {
  readonly status: number
  readonly reason: string
  readonly headers: HeaderList
  readonly body: Uint8Array
  /** The body as it came, without framing; `at` counts milliseconds from the last `send`. */
  readonly chunks: readonly Arrival[]
  /** 1xx statuses that came before. */
  readonly interim: readonly number[]
  /** How it ended: `complete` as framed, `left` by `readUntil`, `closed` or `reset` by the server short of its end. */
  readonly end: 'complete' | 'left' | 'closed' | 'reset'
  header(name: string): string | undefined
  text(): string
  json(): unknown
}

export interface ReadOptions {
  /** Leave, by reset, once the body holds this text or the function says so. `''`: once the head has come. */
  readonly readUntil?: string | ((body: Uint8Array) => boolean)
  /** Default 5,000. The connection is then reset and the call rejects. */
  readonly timeoutMs?: number
  /** Of the request, where it was sent as bytes: after HEAD no body is awaited. */
  readonly method?: string
}

/** A connection for requests that no client would send: in pieces, malformed, pipelined, given up half-way. */
export class RawConnection implements Disposable {
  readonly #socket: Socket
  readonly #reader: SocketReader
  readonly #closed: Promise<void>
  #sentAt = 0

  /** Use `connectRaw`. */
  constructor(socket: Socket) {
    this.#socket = socket
    this.#reader = new SocketReader(socket)
    this.#closed = new Promise((resolve) => {
      socket.on('close', () => resolve())
    })
  }

  /** Resolves when the connection has ended, by whichever side. */
  get closed(): Promise<void> {
    return this.#closed
  }

  /** Resolves when the network has taken the bytes, or the connection has ended. */
  async send(content: Sendable): Promise<void> {
    const taken = new Promise<void>((resolve) => {
      this.#socket.write(toBytes(content), () => resolve())
    })
    this.#sentAt = performance.now()
    await Promise.race([taken, this.#closed])
  }

  /** Reads the next response. Rejects with `ConnectionEnded` when the connection ends before its head. */
  async read(options: ReadOptions = {}): Promise<RawResponse> {
    const { timeoutMs = 5000 } = options
    const { promise: late, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => {
      reject(new Error(`no complete response within ${timeoutMs} ms`))
      this.reset()
    }, timeoutMs)
    return Promise.race([this.#read(options), late]).finally(() => clearTimeout(timer))
  }

  /** Takes nothing more from the network until `resume`, so that the server feels a client that does not read. */
  pause(): void {
    this.#socket.pause()
  }

  resume(): void {
    this.#socket.resume()
  }

  /** Half-closes: no more bytes will come from us. */
  end(): void {
    this.#socket.end()
  }

  /** Closes at once. */
  close(): void {
    this.#socket.destroy()
  }

  /** Closes at once with RST. */
  reset(): void {
    this.#socket.resetAndDestroy()
  }

  [Symbol.dispose](): void {
    this.close()
  }

  async #read({ readUntil, method = 'GET' }: ReadOptions): Promise<RawResponse> {
    const interim: number[] = []
    while (true) {
      const { startLine, headers } = await readHead(this.#reader)
      const [, code = '', ...reason] = startLine.split(' ')
      const status = Number(code)
      if (status < 200 && status !== 101) {
        interim.push(status)
        continue
      }
      const chunks: Arrival[] = []
      const end = await this.#readBody(responseFraming(method, status, headers), chunks, readUntil)
      const body = concatBytes(chunks.map((chunk) => chunk.bytes))
      return {
        status,
        reason: reason.join(' '),
        headers,
        body,
        chunks,
        interim,
        end,
        header: (name) => headerValue(headers, name),
        text: () => new TextDecoder().decode(body),
        json: () => JSON.parse(new TextDecoder().decode(body)),
      }
    }
  }

  async #readBody(
    framing: ReturnType<typeof responseFraming>,
    chunks: Arrival[],
    readUntil: ReadOptions['readUntil'],
  ): Promise<RawResponse['end']> {
    const enough = (): boolean => {
      if (readUntil === undefined) return false
      const body = concatBytes(chunks.map((chunk) => chunk.bytes))
      return typeof readUntil === 'string' ? new TextDecoder().decode(body).includes(readUntil) : readUntil(body)
    }
    try {
      if (enough()) return this.#leave()
      for await (const { at, bytes } of readBody(this.#reader, framing)) {
        chunks.push({ at: at - this.#sentAt, bytes })
        if (enough()) return this.#leave()
      }
      return 'complete'
    } catch (error) {
      if (error instanceof ConnectionEnded) return error.reset ? 'reset' : 'closed'
      throw error
    }
  }

  #leave(): 'left' {
    this.reset()
    return 'left'
  }
}

/** Connects to the host and port of an `http:` URL. */
export async function connectRaw(url: string): Promise<RawConnection> {
  const { hostname, port } = new URL(url)
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const socket = connect({ host: hostname, port: Number(port || 80), noDelay: true }, resolve)
  socket.once('error', reject)
  const connection = new RawConnection(socket)
  await promise
  return connection
}

/** Sends one request on a connection of its own, which is closed afterwards. Bytes and text go out as they are. */
export async function rawRequest(
  url: string,
  request: Sendable | RawRequest = {},
  options: ReadOptions = {},
): Promise<RawResponse> {
  using connection = await connectRaw(url)
  if (typeof request === 'string' || request instanceof Uint8Array) {
    await connection.send(request)
    return await connection.read(options)
  }
  await connection.send(encodeRequest(url, request))
  return await connection.read({ method: request.method ?? 'GET', ...options })
}

/** The bytes of a request, for `RawConnection.send`. */
export function encodeRequest(url: string, { method = 'GET', target, headers = [], body }: RawRequest): Uint8Array {
  const { host, pathname, search } = new URL(url)
  const own = headerList(headers)
  const names = new Set(own.map(([name]) => name.toLowerCase()))
  const content = body === undefined ? undefined : toBytes(body)
  const framed = names.has('content-length') || names.has('transfer-encoding')
  const head = encodeHead(`${method} ${target ?? pathname + search} HTTP/1.1`, [
    ...(names.has('host') ? [] : [['host', host] as const]),
    ...own,
    ...(content === undefined || framed ? [] : [['content-length', `${content.length}`] as const]),
  ])
  return content === undefined ? head : concatBytes([head, content])
}
