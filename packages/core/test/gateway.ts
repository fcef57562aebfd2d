import { createGateway } from '../src/exchange/gateway.ts'
import type { AppContext } from '../src/protocol/app-context.ts'
import type { AuditEvent, ExchangeRecord } from '../src/protocol/audit.ts'
import type { App, Gateway, GatewaySetup } from '../src/protocol/exchange.ts'
import type { Host } from '../src/protocol/host.ts'
import {
  appContext,
  detectionKey,
  gatewaySetup,
  host,
  type MemoryStore,
  memoryStore,
  reply,
  type Upstream,
} from './fakes.ts'

export interface Fixture extends Partial<Omit<App, 'context'>> {
  readonly upstream?: Upstream
  readonly context?: Partial<AppContext>
  readonly host?: Partial<Host>
  readonly setup?: Partial<GatewaySetup>
  readonly store?: MemoryStore
}

export interface Running {
  readonly gateway: Gateway
  readonly store: MemoryStore
  /** Calls that reached the provider. */
  readonly calls: () => number
  /** Closes the gateway and answers with everything on record. */
  readonly events: () => Promise<readonly AuditEvent[]>
  /** The one record there is; throws if there are more or fewer. */
  readonly record: () => Promise<ExchangeRecord>
}

export function running(fixture: Fixture = {}): Running {
  const { upstream = () => reply('{}'), context = {}, host: members = {}, setup = {}, store = memoryStore() } = fixture
  let calls = 0
  const counted: Upstream = (request) => {
    calls++
    return upstream(request)
  }
  const base = gatewaySetup(host(counted, members), store)
  const apps = base.apps.map((app) => ({
    ...app,
    ...(fixture.adapters === undefined ? {} : { adapters: fixture.adapters }),
    detectors: fixture.detectors ?? app.detectors,
    toolFilters: fixture.toolFilters ?? app.toolFilters,
    policies: fixture.policies ?? app.policies,
    context: { ...appContext, ...context },
  }))
  const gateway = createGateway({ ...base, apps, ...setup })
  const events = async (): Promise<readonly AuditEvent[]> => {
    await gateway.close(1000)
    return store.events
  }
  const record = async (): Promise<ExchangeRecord> => {
    const [event, ...more] = await events()
    if (event === undefined || more.length > 0)
      throw new Error(`${more.length + (event === undefined ? 0 : 1)} records`)
    return event.data
  }
  return { gateway, store, calls: () => calls, events, record }
}

/** A request as a server makes it, with a good key unless told otherwise. */
export function request(
  body: unknown,
  {
    path = '/v1/chat',
    method = 'POST',
    headers = {},
    signal,
  }: { path?: string; method?: string; headers?: Record<string, string>; signal?: AbortSignal } = {},
): Request {
  const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body)
  return new Request(`http://gateway${path}`, {
    method,
    headers: { host: 'gateway', 'x-detection-key': detectionKey, ...headers },
    ...(text === undefined ? {} : { body: text }),
    ...(signal === undefined ? {} : { signal }),
  })
}

export const prompt = (content: string, more: Record<string, unknown> = {}): Record<string, unknown> => ({
  model: 'm',
  messages: [{ role: 'user', content }],
  ...more,
})

/** A stream of server-sent events, cut into chunks as given; `hangs`: it does not end by itself. */
export function events(
  chunks: readonly string[],
  { hangs = false, signal }: { hangs?: boolean; signal?: AbortSignal } = {},
): ReadableStream<Uint8Array> {
  const utf8 = new TextEncoder()
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(utf8.encode(chunk))
      if (!hangs) controller.close()
      signal?.addEventListener('abort', () => controller.error(new Error('aborted')))
    },
  })
}

export const frame = (content: string): string =>
  `data: ${JSON.stringify({ choices: [{ index: 0, delta: { content } }] })}\n\n`
export const lastFrames: string =
  'data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n'
