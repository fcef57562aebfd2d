import { describe, expect, spyOn, test } from 'bun:test'
import { adapter, answer, filter, host, loaded, memoryStore, operation, reply, types } from '../../test/fakes.ts'
import { events, type Fixture, frame, lastFrames, prompt, request, running } from '../../test/gateway.ts'
import type { AdapterInstance, Operation } from '../protocol/adapter.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { HostRequest } from '../protocol/host.ts'
import type { TextSegment } from '../protocol/segment.ts'

const good = prompt('hello')
const sse = { 'content-type': 'text/event-stream' }
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))
const never = <T>(): Promise<T> => new Promise<T>(() => undefined)

/** Never answers, and rejects when the call is given up, as `fetch` does. */
const silent = ({ signal }: HostRequest) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

function brokenAdapter(members: Partial<Operation>, more: Partial<AdapterInstance> = {}): Fixture {
  return { adapters: [{ id: 'fake', instance: adapter({ operations: [operation(members)], ...more }) }] }
}

function fail(): never {
  throw new Error('haystack')
}

const failOnAnswers = ({ direction }: TextSegment) => (direction === 'egress' ? fail() : [])

describe('a client that leaves', () => {
  test('before the provider has answered: the call ends at once', async () => {
    const client = new AbortController()
    let ended = 0
    const run = running({
      setup: { timeouts: { connectMs: 60_000, firstByteMs: 60_000, idleMs: 60_000, socketIdleMs: 60_000 } },
      upstream: (call) => {
        call.signal.addEventListener('abort', () => {
          ended = performance.now()
        })
        return silent(call)
      },
    })
    const handled = run.gateway.handle(request(good, { signal: client.signal }))
    await pause(10)
    const left = performance.now()
    client.abort()
    await handled
    expect(ended - left).toBeLessThan(100)
    const record = await run.record()
    expect(record).toMatchObject({ outcome: 'client-aborted', code: 'SLUICE_UPSTREAM_UNREACHABLE' })
    expect(record.status).toBeUndefined()
  })

  test('while a detector hangs: nothing is forwarded, and nobody waits for it', async () => {
    const client = new AbortController()
    const hanging: DetectorInstance = { mode: 'inspect', types, inspect: () => never() }
    const run = running({ detectors: [loaded(hanging, { timeoutMs: 60_000, onError: 'forward' })] })
    const handled = run.gateway.handle(request(good, { signal: client.signal }))
    await pause(5)
    client.abort()
    await handled
    expect(run.calls()).toBe(0)
    const record = await run.record()
    expect(record).toMatchObject({ outcome: 'client-aborted', inspection: 'not inspected', faults: [] })
  })

  test('while its body is read', async () => {
    const client = new AbortController()
    const body = new ReadableStream({
      start: (controller) => client.signal.addEventListener('abort', () => controller.error(new Error('gone'))),
    })
    const headers = request(good).headers
    const to = new Request('http://gateway/v1/chat', { method: 'POST', headers, body, signal: client.signal })
    const run = running()
    const handled = run.gateway.handle(to)
    await pause(5)
    client.abort()
    await handled
    expect(run.calls()).toBe(0)
    expect(await run.record()).toMatchObject({ outcome: 'client-aborted' })
  })

  test('while the answer is judged: it is not said to have been given', async () => {
    const client = new AbortController()
    const leaving: DetectorInstance = {
      mode: 'inspect',
      types,
      excludes: ['user'],
      inspect: () => {
        client.abort()
        return []
      },
    }
    const run = running({ detectors: [loaded(leaving)], upstream: () => reply('{"x":"y"}') })
    await run.gateway.handle(request(good, { signal: client.signal }))
    const record = await run.record()
    expect(record.outcome).toBe('client-aborted')
    expect(record.status).toBeUndefined()
  })

  for (const path of ['/v1/chat', '/v1/opaque']) {
    test(`mid-stream, without ever reading or saying so (${path})`, async () => {
      const client = new AbortController()
      const chunks = Array.from({ length: 50 }, () => frame('x'))
      const run = running({ upstream: ({ signal }) => answer(events(chunks, { hangs: true, signal }), sse) })
      const response = await run.gateway.handle(request(good, { path, signal: client.signal }))
      expect(response.status).toBe(200)
      await pause(5)
      client.abort()
      while (run.gateway.active > 0) await pause(1)
      expect(await run.record()).toMatchObject({ outcome: 'client-aborted', status: 200 })
    })
  }

  test('on the last event, before the stream has ended: it has all there was', async () => {
    const upstream: Fixture['upstream'] = ({ signal }) =>
      answer(events([frame('x'), lastFrames], { hangs: true, signal }), sse)
    const run = running({ upstream })
    const response = await run.gateway.handle(request(good))
    const reader = response.body?.getReader()
    for (let text = ''; !text.includes('[DONE]'); ) text += new TextDecoder().decode((await reader?.read())?.value)
    await reader?.cancel()
    expect(await run.record()).toMatchObject({ outcome: 'forwarded', status: 200 })
  })

  test('mid-stream, by cancelling', async () => {
    let cancelled = false
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode(frame('x'))),
      cancel() {
        cancelled = true
      },
    })
    const run = running({ upstream: () => answer(body, sse) })
    const response = await run.gateway.handle(request(good))
    await response.body?.cancel()
    expect(cancelled).toBe(true)
    expect(await run.record()).toMatchObject({ outcome: 'client-aborted' })
  })

  test('1,000 times: nothing is left', async () => {
    const run = running({ upstream: silent, setup: { maxQueuedEvents: 10_000 } })
    const all = Array.from({ length: 1000 }, () => {
      const client = new AbortController()
      setTimeout(() => client.abort(), 5)
      return run.gateway.handle(request(good, { signal: client.signal }))
    })
    await Promise.all(all)
    expect(run.gateway.active).toBe(0)
    const recorded = await run.events()
    expect(recorded).toHaveLength(1000)
    expect(new Set(recorded.map(({ id }) => id)).size).toBe(1000)
  })
})

describe('a provider that breaks', () => {
  const code = async (fixture: Fixture) => {
    const run = running(fixture)
    const response = await run.gateway.handle(request(good))
    const text = await response.text().catch(() => 'cut')
    expect(text).not.toContain('10.0.0.1')
    const { outcome, code, status } = await run.record()
    return [response.status, outcome, code, status]
  }
  const lost = () => Promise.reject(new Error('10.0.0.1 refused'))
  const broken = (type: string) =>
    answer(
      new ReadableStream({
        pull: (controller) => controller.error(new Error('10.0.0.1 reset')),
      }),
      { 'content-type': type },
    )

  test('before, while and after it answers', async () => {
    expect(await code({ upstream: lost })).toEqual([502, 'failed', 'SLUICE_UPSTREAM_UNREACHABLE', 502])
    expect(await code({ host: { connect: async () => 'refused' } })).toEqual([
      502,
      'failed',
      'SLUICE_UPSTREAM_UNREACHABLE',
      502,
    ])
    expect(await code({ host: { connect: async () => 'timeout' } })).toEqual([
      504,
      'failed',
      'SLUICE_UPSTREAM_TIMEOUT',
      504,
    ])
    expect(await code({ upstream: silent })).toEqual([504, 'failed', 'SLUICE_UPSTREAM_TIMEOUT', 504])
    expect(await code({ upstream: () => broken('application/json') })).toEqual([
      502,
      'failed',
      'SLUICE_UPSTREAM_UNREACHABLE',
      502,
    ])
    expect(await code({ upstream: () => broken('text/event-stream') })).toEqual([
      200,
      'upstream-truncated',
      undefined,
      200,
    ])
  })

  test('by silence in the middle of an answer, whole or streamed', async () => {
    const upstream = ({ signal }: HostRequest) => answer(events(['{"a":'], { hangs: true, signal }))
    expect(await code({ upstream })).toEqual([504, 'failed', 'SLUICE_UPSTREAM_TIMEOUT', 504])
    const stream = ({ signal }: HostRequest) => answer(events([frame('x')], { hangs: true, signal }), sse)
    expect(await code({ upstream: stream })).toEqual([200, 'upstream-truncated', 'SLUICE_UPSTREAM_TIMEOUT', 200])
  })
})

describe('whatever a plugin throws, nothing passes that was not judged, and there is one record', () => {
  const bad: readonly (readonly [string, Fixture])[] = [
    ['adapter.readRequest', brokenAdapter({ readRequest: fail })],
    ['adapter.readRequest that answers nothing', brokenAdapter({ readRequest: () => undefined as never })],
    ['adapter.readRequest that answers no view', brokenAdapter({ readRequest: () => ({}) as never })],
    ['adapter.upstream', brokenAdapter({}, { upstream: fail })],
    ['adapter.upstream, later', brokenAdapter({}, { upstream: () => Promise.reject(new Error('haystack')) })],
    ['adapter.upstream that answers nothing', brokenAdapter({}, { upstream: () => undefined as never })],
    ['adapter.upstream that hangs', brokenAdapter({}, { upstream: () => never() })],
    ['detector', { detectors: [loaded({ mode: 'inspect', types, inspect: fail })] }],
    ['tool filter', { toolFilters: [filter({ define: fail })] }],
  ]
  const withTools = prompt('hello', { tools: [{ name: 'a' }] })
  for (const [name, fixture] of bad) {
    test(`${name}: the provider is not called`, async () => {
      const run = running(fixture)
      const response = await run.gateway.handle(request(withTools))
      expect(response.status).toBeGreaterThanOrEqual(500)
      expect(await response.text()).not.toContain('haystack')
      expect(run.calls()).toBe(0)
      const record = await run.record()
      expect(['failed', 'refused']).toContain(record.outcome)
      expect(JSON.stringify(record)).not.toContain('haystack')
    })
  }

  const answering: readonly (readonly [string, Fixture])[] = [
    ['adapter.readResponse', brokenAdapter({ readResponse: fail })],
    ['adapter.readResponse that answers no view', brokenAdapter({ readResponse: () => ({}) as never })],
    ['adapter.decoder', brokenAdapter({ decoder: fail })],
    [
      'tool filter on calls',
      {
        toolFilters: [filter({ call: fail })],
        upstream: () => reply('{"calls":[{"name":"a","input":"secret answer"}]}'),
      },
    ],
    ['detector on the answer', { detectors: [loaded({ mode: 'inspect', types, inspect: failOnAnswers })] }],
  ]
  for (const [name, fixture] of answering) {
    test(`${name}: the answer is not given, and the call is over`, async () => {
      let signal: AbortSignal | undefined
      const run = running({
        ...fixture,
        upstream: (call) => {
          signal = call.signal
          return fixture.upstream?.(call) ?? reply('{"text":"secret answer"}')
        },
      })
      const response = await run.gateway.handle(request(withTools))
      expect(response.status).toBeGreaterThanOrEqual(500)
      expect(await response.text()).not.toContain('secret')
      expect(signal?.aborted).toBe(true)
      expect(run.gateway.active).toBe(0)
      const record = await run.record()
      expect(JSON.stringify(record)).not.toContain('secret')
    })
  }

  test('adapter.refuse: blocked stays blocked', async () => {
    const policies = [{ id: 'p', match: {}, action: 'QUARANTINE' }] as const
    const run = running({ ...brokenAdapter({ refuse: fail }), policies })
    const response = await run.gateway.handle(request(prompt('needle')))
    expect(response.status).toBe(500)
    expect(run.calls()).toBe(0)
    // The consequences are stored all the same.
    expect((await run.gateway.handle(request(good))).status).toBe(403)
    expect(await run.events()).toHaveLength(2)
  })

  test('a stream’s decoder: the stream passes, and the record says that it was not read', async () => {
    const decoder = () => ({ decode: fail, end: () => [] })
    const chunks = [frame('x'), lastFrames]
    const run = running({ ...brokenAdapter({ decoder }), upstream: () => answer(events(chunks), sse) })
    const response = await run.gateway.handle(request(good))
    expect(await response.text()).toBe(chunks.join(''))
    const record = await run.record()
    expect(record.segments.notInspected).toContainEqual({
      direction: 'egress',
      content: 'gateway-failed',
      reason: 'SLUICE_INTERNAL',
      count: 1,
    })
    expect(record).toMatchObject({ outcome: 'forwarded', trust: { before: 0, after: 0 } })
  })

  test('the violation of a request is stored, though the answer could not be read', async () => {
    const policies = [{ id: 'p', match: {}, action: 'REDACT' }] as const
    for (const broken of [brokenAdapter({ readResponse: fail }), { upstream: () => Promise.reject(new Error('x')) }]) {
      const run = running({ ...broken, policies })
      await run.gateway.handle(request(prompt('needle')))
      expect([...run.store.actors.rows.values()].map(({ violations }) => violations)).toEqual([1])
      await run.events()
    }
  })
})

describe('a store that fails', () => {
  const failing = (hook: 'actors' | 'sessions' | 'counters'): Fixture => {
    const store = memoryStore()
    if (hook === 'actors') spyOn(store.actors, 'get').mockImplementation(fail)
    if (hook === 'sessions') spyOn(store.sessions, 'update').mockImplementation(fail)
    if (hook === 'counters') spyOn(store.counters, 'take').mockImplementation(fail)
    return { store, context: { rateLimit: 5 } }
  }

  test('before the request is judged: nothing passes', async () => {
    for (const hook of ['actors', 'counters'] as const) {
      const run = running(failing(hook))
      const response = await run.gateway.handle(request(good))
      expect([response.status, run.calls()]).toEqual([500, 0])
      expect(await run.record()).toMatchObject({ outcome: 'failed', code: 'SLUICE_INTERNAL' })
    }
  })

  test('after it: the record says that its consequences were not stored', async () => {
    const run = running(failing('sessions'))
    expect((await run.gateway.handle(request(good))).status).toBe(200)
    expect(await run.record()).toMatchObject({
      outcome: 'forwarded',
      faults: [{ plugin: 'store', hook: 'settle', code: 'SLUICE_STORE_FAILED' }],
    })
  })

  test('to take records: they are kept, then new exchanges are refused, then all are written', async () => {
    const store = memoryStore()
    const append = spyOn(store.audit, 'append').mockImplementation(fail)
    const run = running({ store, setup: { maxQueuedEvents: 3 } })
    const statuses: number[] = []
    for (let each = 0; each < 5; each++) statuses.push((await run.gateway.handle(request(good))).status)
    expect(statuses).toEqual([200, 200, 200, 503, 503])
    expect(await run.gateway.check().catch(String)).toContain('full')
    append.mockRestore()
    const recorded = await run.events()
    expect(recorded.slice(0, 3).map(({ data }) => data.outcome)).toEqual(['forwarded', 'forwarded', 'forwarded'])
    // Those refused meanwhile are counted.
    expect(recorded.slice(3).map(({ data }) => [data.code, data.repeated?.count])).toEqual([['SLUICE_RECORD_FULL', 2]])
  })
})

describe('close', () => {
  test('waits for what is under way, and refuses what is new', async () => {
    let open: () => void = () => undefined
    const held = new Promise<void>((resolve) => {
      open = resolve
    })
    const run = running({ upstream: () => held.then(() => reply('{"x":"y"}')) })
    const handled = run.gateway.handle(request(good))
    await pause(5)
    const closed = run.gateway.close(1000)
    const late = await run.gateway.handle(request(good))
    expect([late.status, await late.text()]).toEqual([503, '{"error":"The gateway is shutting down."}'])
    open()
    expect(await (await handled).text()).toBe('{"x":"y"}')
    await closed
    expect(run.store.events.map(({ data }) => data.outcome)).toEqual(['forwarded'])
  })

  test('ends what outlasts its deadline: calls, whole bodies, streams', async () => {
    const upstreams: readonly (readonly [Fixture['upstream'], string])[] = [
      [silent, 'failed'],
      [({ signal }) => answer(events(['{'], { hangs: true, signal })), 'failed'],
      [({ signal }) => answer(events([frame('x')], { hangs: true, signal }), sse), 'upstream-truncated'],
    ]
    for (const [upstream, outcome] of upstreams) {
      const timeouts = { connectMs: 60_000, firstByteMs: 60_000, idleMs: 60_000, socketIdleMs: 60_000 }
      const run = running({ upstream: upstream as never, setup: { timeouts } })
      const handled = run.gateway.handle(request(good)).then((response) => response.text().catch(() => 'cut'))
      await pause(5)
      const start = performance.now()
      await run.gateway.close(20)
      expect(performance.now() - start).toBeLessThan(500)
      await handled
      expect(run.store.events.map(({ data }) => [data.outcome, data.code])).toEqual([[outcome, 'SLUICE_SHUTTING_DOWN']])
    }
  })

  test('records what hangs all the same', async () => {
    const store = memoryStore()
    spyOn(store.actors, 'get').mockImplementation(() => never() as never)
    const run = running({ store })
    void run.gateway.handle(request(good))
    await run.gateway.close(10)
    expect(store.events.map(({ data }) => [data.outcome, data.code])).toEqual([['failed', 'SLUICE_SHUTTING_DOWN']])
    expect(run.gateway.active).toBe(0)
  })

  test('leaves no timer behind', async () => {
    // Timers of this test and of the runtime aside, what is set is cleared or fires before the end.
    const set = new Set<unknown>()
    const original = { set: globalThis.setTimeout, clear: globalThis.clearTimeout }
    const spies = [
      spyOn(globalThis, 'setTimeout').mockImplementation(((run: () => void, ms: number) => {
        const timer = original.set(() => {
          set.delete(timer)
          run()
        }, ms)
        set.add(timer)
        return timer
      }) as never),
      spyOn(globalThis, 'clearTimeout').mockImplementation(((timer: unknown) => {
        set.delete(timer)
        original.clear(timer as never)
      }) as never),
    ]
    try {
      const hanging: DetectorInstance = { mode: 'inspect', types, inspect: () => never() }
      const fixtures: readonly Fixture[] = [
        {},
        { upstream: silent },
        { upstream: () => answer(events([frame('x'), lastFrames]), sse) },
        { upstream: ({ signal }) => answer(events([frame('x')], { hangs: true, signal }), sse) },
        { detectors: [loaded(hanging, { timeoutMs: 5 })] },
        { host: { connect: host(() => reply('')).connect } },
        brokenAdapter({ decoder: fail }),
      ]
      for (const fixture of fixtures) {
        const run = running(fixture)
        const response = await run.gateway.handle(request(good))
        await response.text().catch(() => 'cut')
        await run.events()
      }
      expect(set.size).toBe(0)
    } finally {
      for (const spy of spies) spy.mockRestore()
    }
  })
})

test('nothing ever rejects, whatever the request', async () => {
  const run = running()
  const odd = [
    request(good, { path: '/%' }),
    request('{}', { path: '/v1/chat?%', headers: { 'content-encoding': '%' } }),
    request(good, { path: '//' }),
    request(good, { method: 'PUT' }),
    request('\u0000'),
    new Request('http://x/'),
  ]
  for (const each of odd) expect((await run.gateway.handle(each)).status).toBeGreaterThanOrEqual(400)
  expect(await run.events()).toHaveLength(odd.length)
})
