import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { decompress } from '../../apps/gateway/src/host/decompress.ts'
import type { Operation, Policy } from '../../packages/core/src/index.ts'
import { answer, loaded, needles } from '../../packages/core/test/fakes.ts'
import { request, running } from '../../packages/core/test/gateway.ts'
import { adapters } from '../adapters.ts'
import { cuts, mutated, pieces } from '../mutate.ts'
import { bytesOf, fuzzTarget, latin1Of } from '../target.ts'

interface Lie {
  readonly operation: string
  readonly asked: string
  readonly status: number
  readonly label: string
  readonly coding: 'none' | 'gzip' | 'false'
  readonly said: string
  readonly at: readonly number[]
  /** The provider breaks off here. */
  readonly breaks: boolean
  readonly rule: 'none' | 'ingress' | 'egress'
}

const needle = 'zebra'
const needled = JSON.stringify({ role: 'user', content: `a ${needle} b` })
const asked = [
  `{"model":"m","messages":[${needled}],"tools":[{"type":"function","function":{"name":"f","parameters":{}}}]}`,
  `{"model":"m","stream":true,"messages":[{"role":"user","content":[{"type":"text","text":"${needle}"}]}]}`,
  `{"model":"m","input":["a","${needle}"],"prompt":"${needle}","max_tokens":1}`,
  '{"model":"m","messages":[{"role":"user","content":"hello"}],"max_tokens":16}',
]
const labels = [
  'application/json',
  'text/event-stream',
  'text/event-stream; charset=utf-8',
  'text/plain',
  '',
  'APPLICATION/JSON; charset=utf-16',
  'application/octet-stream',
  'text/html',
]

const operations = new Map<string, { adapter: (typeof adapters)[number]; operation: Operation }>()
for (const adapter of adapters) {
  for (const operation of adapter.instance.operations) {
    const isPlain = operation.request === 'json' && operation.transport === 'http'
    if (isPlain && !operation.path.includes('{'))
      operations.set(`${adapter.name} ${operation.name}`, { adapter, operation })
  }
}

const said = [
  ...adapters.flatMap(({ fixtures }) =>
    readdirSync(fixtures)
      .filter((name) => /\.(?:json|txt)$/.test(name))
      .map((name) => latin1Of(readFileSync(new URL(name, fixtures))).slice(0, 4000)),
  ),
  `{"error":{"message":"${needle}"}}`,
  `{"choices":[{"index":0,"message":{"role":"assistant","content":"a ${needle} b"},"finish_reason":"stop"}],"x":"${needle}"}`,
  `data: {"choices":[{"index":0,"delta":{"content":"a ze"}}]}\n\ndata: {"choices":[{"index":0,"delta":{"content":"bra b"}}]}\n\ndata: [DONE]\n\n`,
  `{"type":"message","content":[{"type":"text","text":"${needle}"}],"output":[{"type":"message","content":[{"type":"output_text","text":"${needle}"}]}]}`,
]

export const exchange = fuzzTarget<Lie>({
  name: 'exchange',
  law: 'Whatever a provider sends: one record, no failure of ours, no blocked text given or sent on, and untouched bytes where no rule holds.',
  cases: fc.record({
    operation: fc.constantFrom(...operations.keys()),
    asked: mutated(asked, 2),
    status: fc.constantFrom(200, 200, 200, 201, 204, 206, 302, 304, 400, 404, 429, 500, 503, 999),
    label: fc.constantFrom(...labels),
    coding: fc.constantFrom('none', 'none', 'none', 'gzip', 'false'),
    said: mutated(said, 5),
    at: cuts,
    breaks: fc.boolean(),
    rule: fc.constantFrom('none', 'ingress', 'egress'),
  }),
  async check(lie) {
    const known = operations.get(lie.operation)
    if (known === undefined) return
    const { adapter, operation } = known
    const body = lie.coding === 'gzip' ? new Uint8Array(gzipSync(bytesOf(lie.said))) : bytesOf(lie.said)
    let sent: string | undefined
    const run = running({
      detectors: [loaded(needles(needle))],
      adapters: [{ id: adapter.name, instance: adapter.instance }],
      policies: lie.rule === 'none' ? [] : [blocking(lie.rule)],
      context: { adapter: adapter.name, unknownIds: 'forward' },
      host: { decompress },
      upstream: (call) => {
        sent = new TextDecoder().decode(call.body)
        return answer(bodyOf(body, lie), headersOf(lie), lie.status)
      },
    })
    const response = await run.gateway.handle(
      request(new TextDecoder('latin1').decode(bytesOf(lie.asked)), {
        path: operation.path,
        headers: { 'content-type': 'application/json' },
      }),
    )
    const given = await response.bytes().catch(() => undefined)
    assert.notEqual(response.status, 500 === lie.status ? -1 : 500, 'the gateway failed')
    const [event, ...more] = await run.events()
    assert(event !== undefined && more.length === 0, 'not one record')
    assert.equal(run.gateway.active, 0)
    assert.notEqual(event.data.code, 'SLUICE_INTERNAL')
    assert(!JSON.stringify(event).includes(needle), 'the record holds what was detected')
    const observed = event.data.stream || (response.headers.get('content-type') ?? '').includes('event-stream')
    if (lie.rule === 'ingress' && sent !== undefined)
      assert(!decoded(sent).includes(needle), 'blocked text was sent on')
    if (lie.rule === 'egress' && given !== undefined && !(observed && event.data.outcome !== 'blocked')) {
      assert(!decoded(textOf(given, response)).includes(needle), 'blocked text was given')
    }
    if (lie.rule === 'none' && event.data.outcome === 'forwarded' && given !== undefined) {
      assert.deepEqual(given, response.status === 204 || response.status === 304 ? new Uint8Array() : body)
    }
  },
})

function blocking(rule: 'ingress' | 'egress'): Policy {
  return { id: 'block', match: { lifecycle: [rule === 'ingress' ? 'INGRESS' : 'EGRESS'] }, action: 'BLOCK' }
}

function headersOf({ label, coding }: Lie): Record<string, string> {
  return { 'content-type': label, ...(coding === 'none' ? {} : { 'content-encoding': 'gzip' }) }
}

function bodyOf(bytes: Uint8Array, { at, breaks }: Lie): ReadableStream<Uint8Array> {
  const chunks = pieces(bytes, at).filter(({ length }) => length > 0)
  return new ReadableStream({
    pull(controller) {
      const chunk = chunks.shift()
      if (chunk !== undefined) controller.enqueue(chunk)
      else breaks ? controller.error(new Error('cut')) : controller.close()
    },
  })
}

/** What a client may make of it: as it stands, with its escapes undone. */
function decoded(text: string): string {
  try {
    return `${text}${JSON.stringify(JSON.parse(text))}`
  } catch {
    return text
  }
}

function textOf(given: Uint8Array, response: Response): string {
  const coding = response.headers.get('content-encoding')
  const plain = coding === null ? given : decompress('gzip', given, 1_000_000)
  return plain instanceof Uint8Array ? new TextDecoder().decode(plain) : ''
}
