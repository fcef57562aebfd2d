import { SluiceError, type SocketUpgrade } from '@sluice/core'
import type { Server } from 'bun'
import { BunSocket, bunSockets } from './bun-socket.ts'
import { runtime } from './runtime.ts'
import { WebSocketEnd } from './web-socket.ts'

export interface ListenOptions {
  readonly host: string
  readonly port: number
}

export interface Listener {
  /** `http://127.0.0.1:8787`, with the port that was really taken. */
  readonly url: string
  readonly port: number
  /** Takes no more connections; resolves when the last of those there are has ended. */
  stop(): Promise<void>
  /** Ends those that are left. */
  kill(): Promise<void>
}

/** `upgrade`: makes a WebSocket of this request's connection. */
type Handler = (request: Request, upgrade: SocketUpgrade) => Response | Promise<Response>

/** @throws SluiceError SLUICE_LISTEN_FAILED */
export function listen(handle: Handler, options: ListenOptions): Listener {
  try {
    return runtime === 'deno' ? listenOnDeno(handle, options) : listenOnBun(handle, options)
  } catch (cause) {
    const taken =
      cause instanceof Error && /EADDRINUSE|address already in use|in use/i.test(`${cause.name} ${cause.message}`)
    const why = taken ? 'something else listens there already' : 'the address cannot be listened on'
    throw new SluiceError(
      'SLUICE_LISTEN_FAILED',
      `cannot listen on ${options.host} port ${options.port}: ${why}. Choose another with --host and --port`,
      { cause },
    )
  }
}

/** A connection that has not brought one whole request head may stay so long. Bun counts in coarse steps. */
const idleSeconds = 120

function listenOnBun(handle: Handler, { host, port }: ListenOptions): Listener {
  const server = Bun.serve({
    hostname: host,
    port,
    fetch(request, server) {
      // Slow bodies and quiet streams are the core's to end, by its own clock.
      server.timeout(request, 0)
      return handle(request, (options) => upgradeOnBun(request, server, options))
    },
    websocket: bunSockets,
    idleTimeout: idleSeconds,
    development: false,
    reusePort: false,
    // The core counts while it reads, answers and records. Bun reads no further than we do, so nothing piles up.
    maxRequestBodySize: Number.MAX_SAFE_INTEGER,
    error: () => new Response(null, { status: 500 }),
  })
  const taken = server.port ?? port
  return {
    url: urlOf(host, taken),
    port: taken,
    stop: () => server.stop(),
    kill: () => server.stop(true),
  }
}

function upgradeOnBun(
  request: Request,
  server: Server<BunSocket>,
  { protocol, headers }: Parameters<SocketUpgrade>[0],
): ReturnType<SocketUpgrade> {
  const socket = new BunSocket(protocol ?? '')
  const told = protocol === undefined ? headers : { ...headers, 'sec-websocket-protocol': protocol }
  // Bun has answered by itself when this is over, and takes no notice of the response.
  return server.upgrade(request, { data: socket, headers: told })
    ? { socket, response: new Response(null, { status: 200 }) }
    : undefined
}

/** As much of Deno as is used here. */
interface DenoServe {
  serve(
    options: { hostname: string; port: number; signal: AbortSignal; onListen(): void; onError(): Response },
    handler: (request: Request) => Response | Promise<Response>,
  ): { readonly addr: { readonly port: number }; readonly finished: Promise<void>; shutdown(): Promise<void> }
  upgradeWebSocket(
    request: Request,
    options: { protocol?: string; idleTimeout: number },
  ): { readonly socket: WebSocket; readonly response: Response }
}

function listenOnDeno(handle: Handler, { host, port }: ListenOptions): Listener {
  // Only called where `Deno` is there; its own type declarations would clash with Bun's.
  const { Deno } = globalThis as unknown as { readonly Deno: DenoServe }
  const abort = new AbortController()
  const sockets = new Set<WebSocket>()
  let onNone = (): void => undefined
  const keep = (socket: WebSocket): void => {
    sockets.add(socket)
    socket.addEventListener('close', () => {
      sockets.delete(socket)
      if (sockets.size === 0) onNone()
    })
  }
  const server = Deno.serve(
    {
      hostname: host,
      port,
      signal: abort.signal,
      onListen() {},
      onError: () => new Response(null, { status: 500 }),
    },
    (request) => handle(request, (options) => upgradeOnDeno(request, options, keep)),
  )
  return {
    url: urlOf(host, server.addr.port),
    port: server.addr.port,
    async stop() {
      // Deno would close WebSockets at once, in words of its own. What comes meanwhile is refused by the gateway.
      if (sockets.size > 0) {
        await new Promise<void>((resolve) => {
          onNone = resolve
        })
      }
      await server.shutdown()
    },
    async kill() {
      onNone()
      abort.abort()
      await server.finished
    },
  }
}

function upgradeOnDeno(
  request: Request,
  { protocol, headers }: Parameters<SocketUpgrade>[0],
  keep: (socket: WebSocket) => void,
): ReturnType<SocketUpgrade> {
  const { Deno } = globalThis as unknown as { readonly Deno: DenoServe }
  try {
    const { socket, response } = Deno.upgradeWebSocket(request, {
      // Pings go out by themselves; one who does not answer for so long is gone.
      idleTimeout: 120,
      ...(protocol === undefined ? {} : { protocol }),
    })
    keep(socket)
    for (const [name, value] of Object.entries(headers)) response.headers.set(name, value)
    return { socket: new WebSocketEnd(socket), response }
  } catch {
    return undefined
  }
}

function urlOf(host: string, port: number): string {
  const shown = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${shown.includes(':') ? `[${shown}]` : shown}:${port}`
}
