import { describe, expect, test } from 'bun:test'
import {
  adapter,
  detectionKey,
  filter,
  host,
  keyRecord,
  limits,
  loaded,
  memoryStore,
  needles,
  operation,
  reply,
} from '../../test/fakes.ts'
import { type Fixture, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import { newActor } from '../trust/trust.ts'
import { refusals } from './refusals.ts'

const good = prompt('hello')

async function refused(fixture: Fixture, to: Request) {
  const run = running(fixture)
  const response = await run.gateway.handle(to)
  return { response, text: await response.text(), calls: run.calls(), record: await run.record() }
}

const quarantined = (id: string) => {
  const store = memoryStore()
  store.actors.update(keyRecord.app, id, () => ({ ...newActor, quarantinedAt: 1 }))
  return store
}
const key = `key:${keyRecord.id}`
const block = { id: 'no', match: {}, action: 'BLOCK' } as const
const failing: DetectorInstance = {
  mode: 'inspect',
  types: needles().types,
  inspect: () => {
    throw new Error('needle')
  },
}

describe('a refusal', () => {
  const cases: readonly (readonly [string, number, Fixture, Request])[] = [
    ['SLUICE_KEY_MISSING', 401, {}, request(good, { headers: { 'x-detection-key': '' } })],
    ['SLUICE_KEY_INVALID', 401, {}, request(good, { headers: { 'x-detection-key': 'detect_live_short' } })],
    [
      'SLUICE_KEY_INVALID',
      401,
      {},
      request(good, { headers: { 'x-detection-key': `${detectionKey}, ${detectionKey}` } }),
    ],
    ['SLUICE_KEY_INVALID', 401, { setup: { keys: [] } }, request(good)],
    ['SLUICE_KEY_INVALID', 401, { setup: { keys: [{ ...keyRecord, revokedAt: 1 }] } }, request(good)],
    ['SLUICE_KEY_INVALID', 401, { setup: { keys: [{ ...keyRecord, expiresAt: 1 }] } }, request(good)],
    ['SLUICE_APP_SUSPENDED', 403, { context: { status: 'suspended' } }, request(good)],
    ['SLUICE_APP_SUSPENDED', 403, { setup: { apps: [] } }, request(good)],
    ['SLUICE_ACTOR_QUARANTINED', 403, { store: quarantined(key) }, request(good)],
    ['SLUICE_ROUTE_UNKNOWN', 404, {}, request(good, { path: '/v1/unknown' })],
    ['SLUICE_ROUTE_UNKNOWN', 404, {}, request(good, { path: '/v1/models' })],
    ['SLUICE_REQUEST_MALFORMED', 400, {}, request(good, { headers: { host: 'x/v1?' } })],
    ['SLUICE_REQUEST_MALFORMED', 400, {}, request(good, { headers: { connection: 'authorization' } })],
    ['SLUICE_KEY_MISPLACED', 400, {}, request(good, { path: `/v1/chat?key=${detectionKey}` })],
    ['SLUICE_KEY_MISPLACED', 400, {}, request(good, { headers: { authorization: `Bearer ${detectionKey}` } })],
    ['SLUICE_CREDENTIAL_NOT_ALLOWED', 403, { context: { credentials: { authorization: ['hmac:00'] } } }, request(good)],
    [
      'SLUICE_CREDENTIAL_NOT_ALLOWED',
      403,
      { context: { credentials: { 'x-project': ['hmac:00'] } } },
      request(good, { headers: { 'x-project': 'foreign' } }),
    ],
    ['SLUICE_RATE_LIMITED', 429, { context: { rateLimit: 0 } }, request(good)],
    ['SLUICE_QUOTA_EXCEEDED', 429, { context: { monthlyQuota: 0 } }, request(good)],
    ['SLUICE_BODY_MALFORMED', 400, {}, request('{"a":1,"a":2}')],
    ['SLUICE_BODY_TOO_LARGE', 413, {}, request(prompt('x'.repeat(limits.maxBodyBytes)))],
    ['SLUICE_ENCODING_UNSUPPORTED', 415, {}, request(good, { headers: { 'content-encoding': 'gzip' } })],
    ['SLUICE_CONTENT_TYPE_UNSUPPORTED', 415, {}, request(good, { headers: { 'content-type': 'text/csv' } })],
    ['SLUICE_MODEL_NOT_ALLOWED', 403, { context: { allowedModels: ['other'] } }, request(good)],
    ['SLUICE_MODEL_NOT_ALLOWED', 403, { context: { allowedModels: ['m'] } }, request({ messages: [] })],
    [
      'SLUICE_MODEL_NOT_ALLOWED',
      403,
      { context: { allowedModels: ['m'] } },
      request(good, { path: '/v1/chat?Model=n' }),
    ],
    ['SLUICE_TOOL_DUPLICATE', 400, {}, request(prompt('x', { tools: [{ name: 'a' }, { name: 'a' }] }))],
    ['SLUICE_NOT_INSPECTED', 503, { detectors: [loaded(failing)] }, request(good)],
    ['SLUICE_NOT_INSPECTED', 503, { policies: [block] }, request(prompt('needle '.repeat(limits.maxFindings + 1)))],
    [
      'SLUICE_NOT_INSPECTED',
      503,
      { toolFilters: [filter({ define: () => Promise.reject(new Error('needle')) })] },
      request(prompt('x', { tools: [{ name: 'a' }] })),
    ],
  ]
  for (const [code, status, fixture, to] of cases) {
    test(`${status} ${code}: the provider is not called, and there is one record`, async () => {
      const { response, text, calls, record } = await refused(fixture, to)
      expect(response.status).toBe(status)
      expect(Object.keys(JSON.parse(text))).toEqual(['error'])
      expect(response.headers.get('x-should-retry')).toBe(status === 429 ? null : 'false')
      expect(response.headers.get('x-sluice-exchange-id')).toMatch(/^ex_/)
      expect(calls).toBe(0)
      expect(record).toMatchObject({ outcome: 'refused', code, status })
      expect(JSON.stringify(record)).not.toContain(detectionKey)
    })
  }

  test('429 says when to come again', async () => {
    const { response } = await refused({ context: { rateLimit: 0 } }, request(good))
    expect(response.headers.get('retry-after')).toBe('60')
    const month = await refused({ context: { monthlyQuota: 0 } }, request(good))
    expect(month.response.headers.get('retry-after')).toBe(String(8 * 86_400))
  })

  test('limits that content causes are refused under onError forward too', async () => {
    const open = { detectors: [loaded(needles(), { onError: 'forward' })], policies: [block] } as const
    const { record, calls } = await refused(open, request(prompt('needle '.repeat(limits.maxFindings + 1))))
    expect([record.code, calls]).toEqual(['SLUICE_NOT_INSPECTED', 0])
  })

  test('what no rule could act on passes the limit, and the record says that it was not read', async () => {
    const run = running()
    const response = await run.gateway.handle(request(prompt('needle '.repeat(limits.maxFindings + 1))))
    expect(response.status).toBe(200)
    const { segments } = await run.record()
    expect(segments.notInspected).toContainEqual({
      direction: 'ingress',
      content: 'findings-limit',
      reason: 'more findings than limits.maxFindings',
      count: 1,
    })
  })

  test('a credential that is pinned is taken', async () => {
    const hash = `hmac:${host(() => reply('')).hmac('aa', 'credential:Bearer sk')}`
    const run = running({ context: { credentials: { authorization: [hash] } } })
    const good200 = await run.gateway.handle(request(good, { headers: { authorization: 'Bearer sk' } }))
    const foreign = await run.gateway.handle(request(good, { headers: { authorization: 'Bearer other' } }))
    expect([good200.status, foreign.status, run.calls()]).toEqual([200, 403, 1])
    await run.events()
  })

  test('a credential that is pinned for another adapter is not asked of this one', async () => {
    const other = { id: 'other', instance: adapter({ operations: [], credentialHeaders: ['x-api-key'] }) }
    const run = running({
      context: { credentials: { 'x-api-key': ['hmac:00'] } },
      adapters: [{ id: 'fake', instance: adapter() }, other],
    })
    expect((await run.gateway.handle(request(good))).status).toBe(200)
    await run.events()
  })
})

describe('refusals come in order: key, AppContext and its actors, route, rate, body', () => {
  test('each hides those after it', async () => {
    const wrong = { path: '/v1/unknown', headers: {} }
    const all = (): Fixture => ({ store: quarantined(key), context: { rateLimit: 0, status: 'suspended' } })
    const codes: (string | undefined)[] = []
    const steps: readonly (readonly [Fixture, Request])[] = [
      [{ ...all(), setup: { keys: [] } }, request('{', wrong)],
      [all(), request('{', wrong)],
      [{ ...all(), context: { rateLimit: 0 } }, request('{', wrong)],
      [{ context: { rateLimit: 0 } }, request('{', wrong)],
      [{ context: { rateLimit: 0 } }, request('{')],
      [{ context: { allowedModels: ['x'] } }, request('{')],
      [{ context: { allowedModels: ['x'] }, detectors: [loaded(failing)] }, request(good)],
    ]
    for (const [fixture, to] of steps) codes.push((await refused(fixture, to)).record.code)
    expect(codes).toEqual([
      'SLUICE_KEY_INVALID',
      'SLUICE_APP_SUSPENDED',
      'SLUICE_ACTOR_QUARANTINED',
      'SLUICE_ROUTE_UNKNOWN',
      'SLUICE_RATE_LIMITED',
      'SLUICE_BODY_MALFORMED',
      'SLUICE_MODEL_NOT_ALLOWED',
    ])
  })

  test('a request that is refused before the rate is looked at does not count', async () => {
    const run = running({ context: { rateLimit: 1 } })
    for (const path of ['/v1/unknown', '/v1/unknown', '/v1/chat']) await run.gateway.handle(request(good, { path }))
    expect((await run.events()).map(({ data }) => data.status)).toEqual([404, 404, 200])
  })

  test('of 100 at once, with one left, one passes', async () => {
    const run = running({ context: { rateLimit: 1 } })
    await Promise.all(Array.from({ length: 100 }, () => run.gateway.handle(request(good))))
    expect(run.calls()).toBe(1)
    expect(await run.events()).toHaveLength(100)
  })
})

test('a body that does not come in time ends its connection', async () => {
  const run = running({ setup: { limits: { ...limits, maxBodyMs: 5 } } })
  const body = new ReadableStream<Uint8Array>({ start() {} })
  const { headers } = request(good)
  const response = await run.gateway.handle(new Request('http://gateway/v1/chat', { method: 'POST', headers, body }))
  expect([response.status, response.headers.get('connection')]).toEqual([408, 'close'])
  expect(await run.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_BODY_TIMEOUT', status: 408 })
})

describe('an answer that cannot be passed on', () => {
  const from = async (fixture: Fixture) => {
    const run = running(fixture)
    const response = await run.gateway.handle(request(good))
    return [response.status, (await run.record()).code]
  }
  const strict = { policies: [block] }

  test('redirects and parts are 502', async () => {
    for (const status of [301, 302, 307, 308, 206]) {
      expect(await from({ upstream: () => reply('', { location: 'https://evil.example' }, status) })).toEqual([
        502,
        'SLUICE_UPSTREAM_REFUSED',
      ])
    }
  })

  test('a status that no answer has is 502', async () => {
    for (const status of [199, 600, 999]) {
      expect(await from({ upstream: () => ({ ...reply('{}'), status }) })).toEqual([502, 'SLUICE_UPSTREAM_REFUSED'])
    }
  })

  test('one over the limit is 502, announced or not, and the call is ended', async () => {
    let signal: AbortSignal | undefined
    const long = 'x'.repeat(limits.maxResponseBytes + 1)
    const upstream: Fixture['upstream'] = (call) => {
      signal = call.signal
      return reply(long)
    }
    expect(await from({ upstream })).toEqual([502, 'SLUICE_UPSTREAM_REFUSED'])
    expect(signal?.aborted).toBe(true)
    expect(await from({ upstream: () => reply(long, { 'content-length': '7' }) })).toEqual([
      502,
      'SLUICE_UPSTREAM_REFUSED',
    ])
  })

  test('one that nobody can read is 502 where a rule could act, and said not to be inspected elsewhere', async () => {
    const unreadable = [
      () => reply('x', { 'content-encoding': 'gzip' }),
      () => reply('x', { 'content-encoding': 'sdch' }),
      () => ({ ...reply(''), ...{ body: new Blob([new Uint8Array([0xff, 0xfe])]).stream() } }),
      () => reply('{"a":1,"a":2}'),
    ]
    for (const upstream of unreadable) {
      expect(await from({ upstream, ...strict })).toEqual([502, 'SLUICE_UPSTREAM_REFUSED'])
      const run = running({ upstream })
      expect((await run.gateway.handle(request(good))).status).toBe(200)
      const { segments } = await run.record()
      expect(segments.notInspected.some(({ direction }) => direction === 'egress')).toBe(true)
    }
  })

  test('an empty one under a coding is empty', async () => {
    const upstream = () => reply('', { 'content-encoding': 'gzip' }, 204)
    expect(await from({ upstream, ...strict })).toEqual([204, undefined])
    expect(await from({ upstream: () => reply('', {}, 205), ...strict })).toEqual([205, undefined])
    expect(await from({ upstream: () => reply('', {}, 304), ...strict })).toEqual([304, undefined])
  })

  test('an adapter may send only where it said it would', async () => {
    const elsewhere = [
      'https://evil.example/v1/chat',
      'https://provider.example.evil.example/',
      'not a url',
      'https://provider.example@evil.example/',
    ]
    for (const url of elsewhere) {
      const instance = adapter({ upstream: () => ({ url, set: {}, remove: [] }) })
      const run = running({ adapters: [{ id: 'fake', instance }] })
      expect((await run.gateway.handle(request(good))).status).toBe(500)
      expect(run.calls()).toBe(0)
      expect((await run.record()).faults).toEqual([{ plugin: 'fake', hook: 'upstream', code: 'SLUICE_PLUGIN_FAILED' }])
    }
  })
})

test('every refusal has a text, a cause and a remedy', () => {
  for (const [code, spec] of Object.entries(refusals)) {
    expect(code).toStartWith('SLUICE_')
    expect(spec.status).toBeGreaterThanOrEqual(400)
    for (const text of [spec.text, spec.cause, spec.remedy]) expect(text.length).toBeGreaterThan(10)
  }
})

test('an operation whose bodies are opaque is relayed, and the record says so', async () => {
  const run = running()
  const response = await run.gateway.handle(request('\u0000needle', { path: '/v1/opaque' }))
  expect([response.status, await response.text()]).toEqual([200, '{}'])
  expect(await run.record()).toMatchObject({ outcome: 'forwarded', inspection: 'opaque', status: 200 })
})

test('an opaque answer without a body is over at once', async () => {
  for (const status of [204, 304]) {
    const run = running({ upstream: () => reply('', {}, status) })
    expect((await run.gateway.handle(request('x', { path: '/v1/opaque' }))).status).toBe(status)
    expect(run.gateway.active).toBe(0)
    expect(await run.record()).toMatchObject({ outcome: 'forwarded', status })
  }
})

test('a model in the path is no way round: names of the query and the path are read', async () => {
  const one = operation({ name: 'get', methods: ['GET'], path: '/v1/models/{id}', request: 'none', model: 'none' })
  const run = running({ adapters: [{ id: 'fake', instance: adapter({ operations: [one] }) }], policies: [block] })
  const response = await run.gateway.handle(request(undefined, { method: 'GET', path: '/v1/models/needle' }))
  expect(await response.text()).toContain('blocked')
  expect(run.calls()).toBe(0)
  expect(await run.record()).toMatchObject({ outcome: 'blocked', action: 'BLOCK' })
})
