import type { ServerWebSocket } from 'bun'

/** One WebSocket that the gateway has opened. */
export interface ProviderSession {
  /** With its query. */
  readonly path: string
  readonly headers: Headers
  /** Of the client's messages, as they came. */
  readonly received: string[]
  /** Of the client's side, once it has closed. */
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  /** The client's next message; waits for it. */
  next(): Promise<string>
  /** Anything but a text is written as JSON. */
  send(event: unknown): void
  sendBinary(bytes: Uint8Array<ArrayBuffer>): void
  close(code?: number, reason?: string): void
  /** Without a goodbye. */
  cut(): void
}

export interface SocketProvider extends AsyncDisposable {
  /** Without `/v1`. */
  readonly url: string
  readonly sessions: ProviderSession[]
  /** Handshakes, also those that were not accepted. */
  readonly asked: Request[]
  /** The newest session; waits for it. */
  session(): Promise<ProviderSession>
}

interface Options {
  /** In place of a WebSocket. */
  readonly answer?: () => Response
  /** The subprotocol that is chosen; `undefined`: the first of those offered that carries no credential. */
  readonly protocol?: string
}

type Data = { readonly opened: (socket: ServerWebSocket<Data>) => void; readonly heard: Heard }
interface Heard {
  message(text: string): void
  close(code: number, reason: string): void
}

/** A provider of realtime sessions that does exactly what a test says. */
export function startSocketProvider({ answer, protocol }: Options = {}): SocketProvider {
  const sessions: ProviderSession[] = []
  const waiting: ((session: ProviderSession) => void)[] = []
  const asked: Request[] = []
  const server = Bun.serve<Data>({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request, server) {
      asked.push(request)
      if (answer !== undefined) return answer()
      const offered = (request.headers.get('sec-websocket-protocol') ?? '').split(',').map((one) => one.trim())
      const chosen = protocol ?? offered.find((one) => one !== '' && !one.includes('.'))
      const { data, session } = sessionOf(request)
      const opened = (socket: ServerWebSocket<Data>): void => {
        data.opened(socket)
        arrived(session)
      }
      const upgraded = server.upgrade(request, {
        data: { heard: data.heard, opened },
        headers: chosen === undefined ? {} : { 'sec-websocket-protocol': chosen },
      })
      return upgraded ? undefined : new Response('no WebSocket', { status: 400 })
    },
    websocket: {
      perMessageDeflate: true,
      maxPayloadLength: 128 * 1024 * 1024,
      open: (socket) => socket.data.opened(socket),
      message: (socket, message) => socket.data.heard.message(String(message)),
      close: (socket, code, reason) => socket.data.heard.close(code, reason),
    },
  })
  const arrived = (session: ProviderSession): void => {
    sessions.push(session)
    for (const tell of waiting.splice(0)) tell(session)
  }
  return {
    url: `http://127.0.0.1:${server.port}`,
    sessions,
    asked,
    session: () => {
      const newest = sessions.at(-1)
      return newest === undefined ? new Promise((resolve) => waiting.push(resolve)) : Promise.resolve(newest)
    },
    async [Symbol.asyncDispose]() {
      await server.stop(true)
    },
  }
}

function sessionOf(request: Request): { readonly data: Data; readonly session: ProviderSession } {
  const received: string[] = []
  const next: ((text: string) => void)[] = []
  const unread: string[] = []
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  let socket: ServerWebSocket<Data> | undefined
  const url = new URL(request.url)
  const session: ProviderSession = {
    path: `${url.pathname}${url.search}`,
    headers: new Headers(request.headers),
    received,
    closed: closed.promise,
    next: () => {
      const [text] = unread.splice(0, 1)
      return text === undefined ? new Promise((resolve) => next.push(resolve)) : Promise.resolve(text)
    },
    send: (event) => void socket?.send(typeof event === 'string' ? event : JSON.stringify(event)),
    sendBinary: (bytes) => void socket?.send(bytes),
    close: (code = 1000, reason = '') => socket?.close(code, reason),
    cut: () => socket?.terminate(),
  }
  const heard: Heard = {
    message(text) {
      received.push(text)
      const [waiter] = next.splice(0, 1)
      if (waiter === undefined) unread.push(text)
      else waiter(text)
    },
    close: (code, reason) => closed.resolve({ code, reason }),
  }
  return {
    session,
    data: {
      heard,
      opened: (opened) => {
        socket = opened
      },
    },
  }
}
