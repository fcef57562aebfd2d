import type { TestSluice } from '../../harness/sluice.ts'

/** A client's WebSocket, its messages in a queue. */
export interface Client {
  readonly socket: WebSocket
  /** The next message as it came; waits for it. Rejects when the connection ends before. */
  next(): Promise<string>
  /** The same, parsed. */
  event(): Promise<Event>
  /** Anything but a text is written as JSON. */
  send(event: unknown): void
  readonly closed: Promise<{ readonly code: number; readonly reason: string }>
  /** Messages that nobody has asked for yet. */
  readonly unread: readonly string[]
}

/** An event of the API, as far as tests look into it. */
export interface Event {
  readonly type: string
  readonly [name: string]: unknown
}

export interface ConnectOptions {
  readonly app?: string
  readonly query?: string
  /** In place of the detection key and the provider's. */
  readonly headers?: Readonly<Record<string, string>>
  readonly protocols?: readonly string[]
}

/** Bun's WebSocket takes headers, which the type of the standard one does not tell. */
type WithHeaders = new (url: string, options: { headers: Record<string, string>; protocols: string[] }) => WebSocket

/** Resolves when the session stands. */
export async function connect(sluice: TestSluice, options: ConnectOptions = {}): Promise<Client> {
  const { query = '?model=gpt-realtime', protocols = [], headers = sluice.headers(options.app) } = options
  const url = `${sluice.url.replace('http', 'ws')}/v1/realtime${query}`
  const Socket = WebSocket as unknown as WithHeaders
  return opened(new Socket(url, { headers: { ...headers }, protocols: [...protocols] }))
}

export async function opened(socket: WebSocket): Promise<Client> {
  const unread: string[] = []
  const waiting: { resolve(text: string): void; reject(error: Error): void }[] = []
  const closed = Promise.withResolvers<{ code: number; reason: string }>()
  socket.addEventListener('message', ({ data }) => {
    const [waiter] = waiting.splice(0, 1)
    if (waiter === undefined) unread.push(String(data))
    else waiter.resolve(String(data))
  })
  socket.addEventListener('close', ({ code, reason }) => {
    closed.resolve({ code, reason })
    for (const waiter of waiting.splice(0)) waiter.reject(new Error(`closed with ${code} ${reason}`))
  })
  await new Promise<void>((resolve, reject) => {
    socket.addEventListener('open', () => resolve())
    socket.addEventListener('error', (event) => {
      reject(new Error('message' in event ? String(event.message) : 'no connection'))
    })
  })
  const next = (): Promise<string> => {
    const [text] = unread.splice(0, 1)
    if (text !== undefined) return Promise.resolve(text)
    return new Promise((resolve, reject) => waiting.push({ resolve, reject }))
  }
  return {
    socket,
    unread,
    next,
    event: async () => JSON.parse(await next()),
    send: (event) => socket.send(typeof event === 'string' ? event : JSON.stringify(event)),
    closed: closed.promise,
  }
}
