import { describe, expect, test } from 'bun:test'
import { adapter, emptyView, memoryStore, operation, reply } from '../../test/fakes.ts'
import { type Fixture, prompt, request, running } from '../../test/gateway.ts'
import type { BodyView } from '../protocol/view.ts'

/** What a request inside another asks for. */
const inside = operation({ name: 'inside', path: '/v1/inside' })

/** An adapter that says of each body what this says. */
function reading(view: Partial<BodyView>): NonNullable<Fixture['adapters']> {
  const readRequest = (): BodyView => ({
    ...emptyView,
    models: [{ value: 'm', place: { pointer: '/model' } }],
    ...view,
  })
  return [{ id: 'fake', instance: adapter({ operations: [operation({ readRequest }), inside] }) }]
}

async function send(fixture: Fixture, body: unknown = prompt('hi')) {
  const run = running(fixture)
  const response = await run.gateway.handle(request(body))
  const { error } = JSON.parse(await response.text())
  const retry = [response.headers.get('retry-after'), response.headers.get('x-should-retry')]
  return { status: response.status, error, retry, calls: run.calls(), record: await run.record() }
}

describe('64 a request that counts as many', () => {
  test('passes where all of it fits, and not where one is missing', async () => {
    const view = { weight: 8 }
    expect(await send({ adapters: reading(view), context: { rateLimit: 8, monthlyQuota: 8 } })).toMatchObject({
      status: 200,
      calls: 1,
    })
    const store = memoryStore()
    await send({ store, adapters: reading({}), context: { monthlyQuota: 8 } })
    store.events.length = 0
    expect(await send({ store, adapters: reading(view), context: { monthlyQuota: 8 } })).toMatchObject({
      status: 429,
      error: 'Monthly quota of this AppContext exceeded: this request counts as 8, and 7 are left.',
      retry: [String(8 * 86_400), null],
      calls: 0,
    })
  })

  test('that never fits is told so, and not to come again', async () => {
    const run = await send({ adapters: reading({ weight: 128 }), context: { rateLimit: 60 } })
    expect(run).toMatchObject({
      status: 429,
      error: 'Rate limit of this AppContext exceeded: this request counts as 128, and the limit is 60.',
      retry: [null, 'false'],
      calls: 0,
      record: { outcome: 'refused', code: 'SLUICE_RATE_LIMITED', status: 429 },
    })
  })

  test('by the requests inside it, where its adapter says nothing else', async () => {
    const requests = Array.from({ length: 9 }, () => ({ model: 'm' }))
    const body = { model: 'm', requests }
    const nested = requests.map((_, index) => {
      return { id: `${index}`, method: 'POST', path: '/v1/inside', place: { pointer: `/requests/${index}` as const } }
    })
    const asked = (view: Partial<BodyView>, rateLimit: number) =>
      send({ adapters: reading(view), context: { rateLimit } }, body)
    expect(await asked({ nested }, 8)).toMatchObject({ status: 429 })
    expect(await asked({ nested }, 9)).toMatchObject({ status: 200 })
    expect(await asked({ nested, weight: 10 }, 9)).toMatchObject({ status: 429 })
  })

  test.each([Number.NaN, -5, 0, 0.5])(
    'is no less than one, whatever a body makes its adapter say: %p',
    async (weight) => {
      const store = memoryStore()
      const fixture = { store, adapters: reading({ weight }), context: { rateLimit: 1 } }
      expect(await send(fixture)).toMatchObject({ status: 200 })
      store.events.length = 0
      expect(await send(fixture)).toMatchObject({ status: 429, retry: ['60', null] })
    },
  )

  test.each([Number.POSITIVE_INFINITY, 1e300])('is no more than can be counted: %p', async (weight) => {
    expect(await send({ adapters: reading({ weight }), context: { rateLimit: 1e9 } })).toMatchObject({ status: 429 })
  })

  test('burst: 100 in parallel where there is room for one, in whatever order they are read', async () => {
    const context = { monthlyQuota: 103 }
    const run = running({ adapters: reading({ weight: 3 }), context, setup: { maxQueuedEvents: 1000 } })
    const answers = await Promise.all(Array.from({ length: 100 }, () => run.gateway.handle(request(prompt('hi')))))
    // All came in, each with its one; two more were there once.
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(99)
    expect(run.calls()).toBe(1)
  })
})

describe('64 many exchanges of one key at once', () => {
  test('no more than may be, and a place is free when one has ended, however it ended', async () => {
    const gates: (() => void)[] = []
    const run = running({
      context: { maxConcurrent: 3, rateLimit: 10 },
      upstream: async () => {
        await new Promise<void>((resolve) => gates.push(resolve))
        return reply('{}')
      },
    })
    const send = (path?: string) => run.gateway.handle(request(prompt('hi'), path === undefined ? {} : { path }))
    const first = Array.from({ length: 3 }, () => send())
    const refused = await send()
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([429, '1'])
    expect(await refused.json()).toEqual({ error: 'Too many requests of this key are under way.' })
    while (gates.length < 3) await new Promise((resolve) => setTimeout(resolve, 1))
    for (const open of gates.splice(0)) open()
    for (const answer of first) expect((await answer).status).toBe(200)
    // Refusals of every other kind leave their place too.
    for (let time = 0; time < 4; time++) expect((await send('/v1/unknown')).status).toBe(404)
    for (let time = 0; time < 4; time++) {
      const response = await run.gateway.handle(request('{', {}))
      expect(response.status).toBe(400)
    }
    // What had no place took nothing of the rate: 3 and 4 of 10 are gone.
    const second = Array.from({ length: 3 }, () => send())
    while (gates.length < 3) await new Promise((resolve) => setTimeout(resolve, 1))
    for (const open of gates.splice(0)) open()
    for (const answer of second) expect((await answer).status).toBe(200)
    expect((await send()).status).toBe(429)
    const codes = (await run.events()).map(({ data }) => data.code)
    expect(codes.filter((code) => code === 'SLUICE_TOO_MANY_AT_ONCE')).toHaveLength(1)
    expect(codes.at(-1)).toBe('SLUICE_RATE_LIMITED')
  })

  test('a store that fails leaves no place taken', async () => {
    const store = memoryStore()
    let broken = true
    const run = running({
      context: { maxConcurrent: 1, rateLimit: 10 },
      store: {
        ...store,
        counters: {
          take: (...all) => {
            if (broken) throw new Error('down')
            return store.counters.take(...all)
          },
        },
      },
    })
    expect((await run.gateway.handle(request(prompt('hi')))).status).toBe(500)
    broken = false
    expect((await run.gateway.handle(request(prompt('hi')))).status).toBe(200)
  })
})
