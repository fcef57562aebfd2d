import type { AdapterInstance, Operation, UpstreamCall } from '../src/protocol/adapter.ts'
import type { AppContext } from '../src/protocol/app-context.ts'
import type { AuditEvent } from '../src/protocol/audit.ts'
import type { DetectorInstance } from '../src/protocol/detector.ts'
import type { GatewaySetup, Limits, LoadedDetector, LoadedToolFilter, TrustSettings } from '../src/protocol/exchange.ts'
import type { Detection, DetectionTypeSpec, Finding } from '../src/protocol/finding.ts'
import type { Host, HostRequest, HostResponse, Spool } from '../src/protocol/host.ts'
import type { Json } from '../src/protocol/json.ts'
import type { CallContext, Logger } from '../src/protocol/plugin.ts'
import type { TextSegment } from '../src/protocol/segment.ts'
import type {
  ActorState,
  KeptState,
  KeyRecord,
  SessionState,
  StateTable,
  StoreInstance,
} from '../src/protocol/store.ts'
import type { ToolFilterInstance } from '../src/protocol/tool-filter.ts'
import type { BodyView, NamedText, ToolCall, ToolDefinition } from '../src/protocol/view.ts'
import { createChatDecoder } from './chat-decoder.ts'

export const limits: Limits = {
  maxBodyBytes: 10_000,
  maxUploadBytes: 100_000,
  maxBodyMs: 1000,
  maxResponseBytes: 10_000,
  maxStreamBytes: 10_000,
  maxDepth: 32,
  maxFindings: 50,
  maxRecordedDetections: 20,
  maxBlocks: 100,
  maxChars: 100_000,
  maxFrameBytes: 10_000,
  maxMessageBytes: 1_000_000,
}

/** The numbers of SPEC 9. */
export const trust: TrustSettings = {
  cleanInteraction: 0.2,
  warmupInteractions: 5,
  violation: 1,
  dailyEarnings: 5,
  restorationPerDay: 0,
  ceilings: { BASIC: 25, STANDARD: 50, VERIFIED: 80, STRONG: 95 },
  claimsThatBindKey: 3,
  risk: {
    signal: { LOW: 10, MEDIUM: 30, HIGH: 60, CRITICAL: 100 },
    perViolation: 2,
    maxViolations: 50,
    distrust: 0.3,
    credentialsSeen: 30,
    sensitiveThenOutbound: 20,
    highVolume: 10,
    highVolumeFrom: 100,
    maxSession: 50,
  },
}

export const secretType: DetectionTypeSpec = {
  message: 'A needle.',
  severity: 'HIGH',
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'CREDENTIAL_EXPOSURE',
  dataClassification: 'CREDENTIALS',
}
export const types: Readonly<Record<string, DetectionTypeSpec>> = { CREDENTIALS_NEEDLE: secretType }

export function segment(members: Partial<TextSegment> = {}): TextSegment {
  const { text = 'text', ...rest } = members
  const sources = [{ place: { pointer: '/a' as const }, start: 0 }]
  return { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user', text, sources, ...rest }
}

export function detection(members: Partial<Detection> = {}): Detection {
  return {
    ...secretType,
    id: 'i0',
    type: 'CREDENTIALS_NEEDLE',
    lifecycle: 'INGRESS',
    detector: 'needles',
    confidence: 1,
    segment: 'q0',
    kind: 'user',
    trust: 'user',
    direction: 'ingress',
    place: { pointer: '/a' },
    start: 0,
    end: 4,
    fingerprint: '0123456789abcdef',
    ...members,
  }
}

/** A scan that finds every occurrence of a word, however the text is cut. */
export function needles(word: string = 'needle', type: string = 'CREDENTIALS_NEEDLE'): DetectorInstance {
  const scan = {
    init: () => '',
    push: (state: unknown, text: string) => ({ state: `${state}${text}`, findings: [], clearedTo: 0 }),
    end: (state: unknown) => ({ state, findings: occurrences(String(state), word, type), clearedTo: 0 }),
  }
  return { mode: 'scan', types: { [type]: secretType }, ...scan }
}

export function occurrences(text: string, word: string, type: string = 'CREDENTIALS_NEEDLE'): Finding[] {
  const found: Finding[] = []
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + word.length)) {
    found.push({ type, confidence: 1, start: at, end: at + word.length })
  }
  return found
}

export function loaded(
  instance: DetectorInstance = needles(),
  rest: Partial<Omit<LoadedDetector, 'instance'>> = {},
): LoadedDetector {
  return { id: 'needles', onError: 'refuse', timeoutMs: 1000, ...rest, instance }
}

export function filter(
  instance: ToolFilterInstance,
  rest: Partial<Omit<LoadedToolFilter, 'instance'>> = {},
): LoadedToolFilter {
  return { id: 'rules', onError: 'refuse', timeoutMs: 1000, ...rest, instance }
}

export const context: CallContext = {
  exchange: 'ex_1',
  app: 'ac_demo00000000',
  operation: 'chat',
  signal: new AbortController().signal,
}

export const emptyView: BodyView = {
  models: [],
  stream: false,
  texts: [],
  toolSets: [],
  toolCalls: [],
  toolResults: [],
  opaque: [],
  copies: [],
  finishes: [],
}

export function tool(name: string, index: number, type: ToolDefinition['type'] = 'function'): ToolDefinition {
  return { type, name, place: { pointer: `/tools/${index}` } }
}

type Values = Record<string, Json>
const membersOf = (value: unknown): Values =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Values) : {}
const listOf = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : [])

/** Names as much of a chat body as these tests need; all else is left to the core. */
function readRequest(value: Json): BodyView {
  const body = membersOf(value)
  const texts: NamedText[] = []
  for (const [index, message] of listOf(body['messages']).entries()) {
    const text = membersOf(message)['content']
    const sources = [{ place: { pointer: `/messages/${index}/content` as const }, start: 0 }]
    if (typeof text === 'string') texts.push({ kind: 'user', trust: 'user', text, sources })
  }
  const tools = listOf(body['tools']).map((each, index) => tool(String(membersOf(each)['name']), index))
  const { model, user } = body
  return {
    ...emptyView,
    models: typeof model === 'string' ? [{ value: model, place: { pointer: '/model' } }] : [],
    stream: body['stream'] === true,
    texts,
    toolSets: tools.length === 0 ? [] : [{ place: { pointer: '/tools' }, tools, dependents: [], choices: [] }],
    ...(typeof user === 'string' ? { claimedActor: { value: user, place: { pointer: '/user' as const } } } : {}),
  }
}

function readResponse(value: Json): BodyView {
  const calls = listOf(membersOf(value)['calls']).map((each, index): ToolCall => {
    const { name, input } = membersOf(each)
    return { callId: `call_${index}`, name: String(name), choice: 0, input: null, inputText: String(input) }
  })
  return { ...emptyView, toolCalls: calls }
}

export function operation(members: Partial<Operation> = {}): Operation {
  return {
    name: 'chat',
    methods: ['POST'],
    path: '/v1/chat',
    inspection: 'inspected',
    transport: 'http',
    request: 'json',
    model: 'required',
    generates: true,
    names: ['messages', 'content', 'role', 'model', 'stream', 'user', 'tools', 'name', 'calls', 'input'],
    ignores: [{ pointer: '/model', reason: 'a name' }],
    responseIgnores: [],
    readRequest: (body) => (body.type === 'json' ? readRequest(body.value) : emptyView),
    readResponse: (body) => (body.type === 'json' ? readResponse(body.value) : emptyView),
    decoder: (contentType) => (contentType.startsWith('text/event-stream') ? createChatDecoder() : undefined),
    refuse: ({ message }, { stream }) =>
      stream
        ? { status: 200, contentType: 'text/event-stream', body: `data: {"blocked":true,"message":"${message}"}\n\n` }
        : { status: 200, contentType: 'application/json', body: `{"blocked":"${message}"}` },
    ...members,
  }
}

export function adapter(members: Partial<AdapterInstance> = {}): AdapterInstance {
  return {
    operations: [
      operation(),
      operation({
        name: 'list',
        methods: ['GET'],
        path: '/v1/models',
        request: 'none',
        model: 'none',
        generates: false,
      }),
      operation({ name: 'opaque', path: '/v1/opaque', inspection: 'opaque', reason: 'bytes', request: 'opaque' }),
    ],
    origins: ['https://provider.example'],
    credentialHeaders: ['authorization'],
    upstream: ({ path, query }: UpstreamCall) => ({
      url: `https://provider.example${path}${query}`,
      set: {},
      remove: [],
    }),
    ...members,
  }
}

class MemoryStates<State> implements StateTable<State> {
  readonly rows: Map<string, State> = new Map()
  get(app: string, id: string): State | undefined {
    return this.rows.get(`${app} ${id}`)
  }
  update(app: string, id: string, change: (state: State | undefined) => State): State {
    const made = change(this.get(app, id))
    this.rows.set(`${app} ${id}`, made)
    return made
  }
}

export interface MemoryStore extends StoreInstance {
  readonly actors: MemoryStates<ActorState>
  readonly sessions: MemoryStates<SessionState>
  readonly kept: MemoryStates<KeptState>
  readonly events: AuditEvent[]
}

export function memoryStore(): MemoryStore {
  const events: AuditEvent[] = []
  const counters = new Map<string, { count: number; endsAt: number }>()
  return {
    events,
    keys: { create() {}, find: () => undefined, list: () => [], revoke: () => undefined },
    actors: new MemoryStates(),
    sessions: new MemoryStates(),
    kept: new MemoryStates(),
    counters: {
      take(name, limit, now, endsAt, amount = 1) {
        const known = counters.get(name)
        const window = known !== undefined && known.endsAt > now ? known : { count: 0, endsAt: endsAt(now) }
        counters.set(name, window)
        const taken = window.count + amount <= limit
        if (taken) window.count += amount
        return { taken, remaining: limit - window.count, retryAt: window.endsAt }
      },
    },
    audit: {
      append: (batch) => void events.push(...batch),
      read: () => events.map((event, cursor) => ({ cursor, event })),
    },
    secret: (_name, make) => make(),
    flush() {},
    check() {},
  }
}

export function fakeHash(text: string): string {
  return Bun.hash(text).toString(16).padStart(16, '0').repeat(4)
}

/** Keeps what it is given in memory; `removed` counts. */
export function memorySpool(members: Partial<Spool> = {}): Spool & { readonly removed: () => number } {
  let bytes = new Uint8Array()
  let removed = 0
  return {
    get size() {
      return bytes.length
    },
    async append(more) {
      const all = new Uint8Array(bytes.length + more.length)
      all.set(bytes)
      all.set(more, bytes.length)
      bytes = all
    },
    read: async (start, end) => bytes.slice(start, end),
    remove: () => void removed++,
    removed: () => removed,
    ...members,
  }
}

/** A call as it reaches the provider: a body that was streamed is whole. */
export type UpstreamRequest = Omit<HostRequest, 'body'> & {
  readonly url: string
  readonly body: Uint8Array | undefined
  /** What was said of a streamed body's length. */
  readonly size?: number
}
export type Upstream = (request: UpstreamRequest) => HostResponse | Promise<HostResponse>

export function host(upstream: Upstream, members: Partial<Host> = {}): Host {
  let ids = 0
  return {
    fetch: async (url, { body, ...init }) => {
      if (body === undefined || body instanceof Uint8Array) return upstream({ ...init, body, url })
      // What a body streams is never in shared memory, which is all that `BodyInit` excludes.
      const streamed = new Response(body.stream() as ReadableStream<Uint8Array<ArrayBuffer>>)
      return upstream({ ...init, body: await streamed.bytes(), url, size: body.size })
    },
    connect: async () => 'connected',
    connectWebSocket: async () => ({ refused: true }),
    sha256: fakeHash,
    hmac: (key, text) => fakeHash(`${key}:${text}`),
    timingSafeEqual: (a, b) => a === b,
    spool: async () => memorySpool(),
    decompress: (_coding, bytes) => (bytes[0] === 0x5a ? bytes.slice(1) : undefined),
    now: () => Date.UTC(2026, 10, 23),
    clock: () => performance.now(),
    randomId: (length) => String(++ids).padStart(length, '0'),
    ...members,
  }
}

export function reply(text: string, headers: Record<string, string> = {}, status: number = 200): HostResponse {
  const type = { 'content-type': 'application/json' }
  return answer(new Blob([text]).stream(), { ...type, ...headers }, status)
}

export function answer(
  body: ReadableStream<Uint8Array> | null,
  headers: Record<string, string> = {},
  status: number = 200,
): HostResponse {
  const bytes = () => new Response(body as ReadableStream<Uint8Array<ArrayBuffer>> | null).bytes()
  return { status, headers: new Headers(headers), body, bytes }
}

export const appContext: AppContext = {
  id: 'ac_demo00000000',
  name: 'Demo',
  adapter: 'fake',
  policies: [],
  streaming: 'observe',
  blockStatus: 200,
  blockedStream: 'chunk',
  trustActorHeader: false,
  status: 'active',
}

export const detectionKey: string = `detect_live_${'k'.repeat(32)}`
export const keyRecord: KeyRecord = {
  id: 'key_000000000001',
  app: appContext.id,
  name: 'demo',
  hash: `sha256:${fakeHash(detectionKey)}`,
  prefix: 'detect_live_kkkk',
  createdAt: 0,
}

export const silent: Logger = { debug() {}, info() {}, warn() {}, error() {} }

export function gatewaySetup(host: Host, store: StoreInstance, members: Partial<GatewaySetup> = {}): GatewaySetup {
  const app = {
    context: appContext,
    adapters: [{ id: 'fake', instance: adapter() }],
    judgedBy: 'fake',
    detectors: [loaded()],
    toolFilters: [],
    policies: [],
  }
  return {
    instance: 'test',
    apps: [app],
    keys: [keyRecord],
    store,
    host,
    log: silent,
    limits,
    timeouts: { connectMs: 200, firstByteMs: 200, idleMs: 200, socketIdleMs: 60_000 },
    trust,
    actorHeader: 'x-actor-id',
    hmacKey: 'aa',
    fingerprintKey: { id: 'k1', secret: 'bb' },
    maxQueuedEvents: 100,
    maxKeyRefusals: 50,
    ...members,
  }
}
