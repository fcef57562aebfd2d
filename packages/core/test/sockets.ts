import type { Operation } from '../src/protocol/adapter.ts'
import type { JsonBody } from '../src/protocol/body.ts'
import type { Json, JsonPointer } from '../src/protocol/json.ts'
import type {
  ServerMessage,
  SessionReader,
  Socket,
  SocketAccepted,
  SocketListener,
  SocketUpgrade,
} from '../src/protocol/socket.ts'
import type { BodyView, ToolCall } from '../src/protocol/view.ts'
import { adapter, detectionKey, emptyView, operation } from './fakes.ts'
import { type Fixture, type Running, running } from './gateway.ts'

/** One end of a WebSocket that is no network's: what it was told, and what the test lets it say. */
export class FakeSocket implements Socket {
  readonly protocol = ''
  readonly sent: string[] = []
  unsent = 0
  closedWith: number | undefined
  isCut = false
  private listener: SocketListener | undefined
  private readonly watchers: Set<() => void> = new Set()

  listen(listener: SocketListener): void {
    this.listener = listener
  }

  send(text: string): void {
    this.sent.push(text)
    this.changed()
  }

  close(code: number): void {
    this.closedWith = code
    this.changed()
  }

  cut(): void {
    this.isCut = true
    this.changed()
  }

  /** Anything but a text is written as JSON. */
  says(message: Json | undefined): void {
    this.listener?.message(typeof message === 'string' || message === undefined ? message : JSON.stringify(message))
  }

  leaves(code: number, reason: string = ''): void {
    this.listener?.close(code, reason)
  }

  async until(condition: (socket: FakeSocket) => boolean): Promise<void> {
    while (!condition(this)) {
      await new Promise<void>((resolve) => {
        this.watchers.add(resolve)
      })
    }
  }

  private changed(): void {
    for (const watcher of this.watchers) watcher()
    this.watchers.clear()
  }
}

/** As little of a protocol as these tests need: `text` is text, `piece` a piece of it, `call` a call, `end` the end. */
function reader(): SessionReader {
  const textAt = (pointer: JsonPointer, text: Json | undefined): BodyView['texts'] =>
    typeof text === 'string'
      ? [{ kind: 'assistant', trust: 'model', text, sources: [{ place: { pointer }, start: 0 }] }]
      : []
  const viewOf = ({ value }: JsonBody): BodyView => {
    const { text, call } = value as { readonly [name: string]: Json }
    const place = { pointer: '/call' } as const
    const details = { tool: { name: 'look', callId: 'c' } }
    const texts = textAt('/text', text)
    if (typeof call !== 'string') return { ...emptyView, texts }
    const made: ToolCall = { callId: 'c', name: 'look', choice: 0, input: {}, inputText: call, place }
    const sources = [{ place, start: 0 }]
    return {
      ...emptyView,
      texts: [...texts, { kind: 'tool-arguments', trust: 'model', text: call, sources, ...details }],
      toolCalls: [made],
    }
  }
  return {
    readClient(body) {
      const { tools, ...view } = body.value as { readonly [name: string]: Json }
      if (view['throws'] === true) throw new Error('haystack')
      if (tools === undefined) return viewOf(body)
      const place = { pointer: '/tools' } as const
      const definition = { type: 'function', name: 'look', place: { pointer: '/tools/0' } } as const
      return { ...emptyView, toolSets: [{ place, tools: [definition], dependents: [], choices: [] }] }
    },
    readServer(body): ServerMessage {
      const { piece, end, of = 'r', throws } = body.value as { readonly [name: string]: Json }
      if (throws === true) throw new Error('haystack')
      if (typeof piece === 'string') {
        const delta = { type: 'block-delta', block: 'text', delta: piece, pointer: '/piece' } as const
        const start = { type: 'block-start', block: 'text', choice: 0, kind: 'assistant' } as const
        return { type: 'piece', of: String(of), trust: 'model', decoded: { events: [start, delta] } }
      }
      const view = viewOf(body)
      return end === true ? { type: 'whole', view, ends: { of: String(of), answered: true } } : { type: 'whole', view }
    },
  }
}

export const socketOperation: Operation = operation({
  name: 'live',
  methods: ['GET'],
  path: '/v1/live',
  transport: 'websocket',
  request: 'none',
  model: 'none',
  names: ['text', 'piece', 'call', 'end', 'of', 'tools', 'name', 'throws'],
  socket: {
    session: reader,
    credentials: () => [],
    refuse: ({ code }) => JSON.stringify({ refused: code }),
  },
})

export interface RunningSession extends Running {
  readonly client: FakeSocket
  readonly provider: FakeSocket
  readonly response: Response
}

export function socketRequest(): Request {
  const headers = {
    host: 'gateway',
    'x-detection-key': detectionKey,
    upgrade: 'websocket',
    'sec-websocket-version': '13',
    'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
  }
  return new Request('http://gateway/v1/live', { headers })
}

/** A session between two fakes. */
export async function session(fixture: Fixture = {}, upgraded = true): Promise<RunningSession> {
  const provider = new FakeSocket()
  const client = new FakeSocket()
  const run = running({
    ...fixture,
    adapters: [{ id: 'fake', instance: adapter({ operations: [socketOperation] }) }],
    host: { connectWebSocket: async () => provider, ...fixture.host },
  })
  const accepted: SocketAccepted = { socket: client, response: new Response(null) }
  const upgrade: SocketUpgrade = () => (upgraded ? accepted : undefined)
  const response = await run.gateway.handle(socketRequest(), upgrade)
  return { ...run, client, provider, response }
}
