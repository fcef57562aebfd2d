import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: {
    minute: { rateLimit: 60 },
    month: { monthlyQuota: 30 },
    last: { monthlyQuota: 1 },
    heavy: { monthlyQuota: 100 },
    few: { maxConcurrent: 2 },
    free: {},
  },
})
const chat = '/v1/chat/completions'
const send = (app: string) => gateway.send(chat, prompt('hi'), { app })
const parallel = async (app: string, count: number) => {
  const answers = await Promise.all(Array.from({ length: count }, () => send(app)))
  return {
    passed: answers.filter(({ status }) => status === 200),
    refused: answers.filter((one) => one.status === 429),
  }
}

describe('rate and quota', () => {
  test('the 61st of 60 a minute is 429, with the time to wait, and goes nowhere', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    for (let number = 1; number <= 60; number++) expect([number, (await send('minute')).status]).toEqual([number, 200])
    const requests = gateway.upstream.requests.length
    const refused = await send('minute')
    expect([refused.status, refused.json()]).toEqual([429, { error: 'Rate limit of this AppContext exceeded.' }])
    const wait = Number(refused.header('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(60)
    // It may be sent again: later.
    expect(refused.header('x-should-retry')).toBeUndefined()
    expect(gateway.upstream.requests).toHaveLength(requests)
    expect(await gateway.record(refused)).toMatchObject({
      outcome: 'refused',
      code: 'SLUICE_RATE_LIMITED',
      status: 429,
    })
    expect((await send('free')).status).toBe(200)
  })

  test('a quota is exact, however many come at once', async () => {
    const requests = gateway.upstream.requests.length
    const { passed, refused } = await parallel('month', 100)
    expect([passed.length, refused.length]).toEqual([30, 70])
    expect(gateway.upstream.requests).toHaveLength(requests + 30)
    const wait = Number(refused[0]?.header('retry-after'))
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(31 * 86_400)
    const records = await gateway.records(refused)
    expect(new Set(records.map(({ code }) => code))).toEqual(new Set(['SLUICE_QUOTA_EXCEEDED']))
  })
})

// From the review of this design: what one request costs is not one, and what is counted late is counted too late.
describe('64 quota', () => {
  test('100 in parallel at 1 remaining: 1', async () => {
    const { passed, refused } = await parallel('last', 100)
    expect([passed.length, refused.length]).toEqual([1, 99])
  })

  const heavy: Readonly<Record<string, readonly [path: string, body: (count: number) => object]>> = {
    'n: 128': [chat, (n) => prompt('hi', { n })],
    '2,048 inputs': [
      '/v1/embeddings',
      (count) => ({ model: 'e', input: Array.from({ length: count * 16 }, () => 'a') }),
    ],
    'a list of prompts, n times each': [
      '/v1/completions',
      (n) => ({ model: 'm', prompt: ['a', 'b', 'c', 'd'], n: n / 4 }),
    ],
  }
  test.each(Object.entries(heavy))('%s does not count as one', async (_, [path, body]) => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    const requests = gateway.upstream.requests.length
    const refused = await gateway.send(path, body(128), { app: 'heavy' })
    expect([refused.status, refused.header('retry-after'), refused.header('x-should-retry')]).toEqual([
      429,
      undefined,
      'false',
    ])
    expect(refused.text()).toMatch(/this request counts as (128|2048), and the limit is 100/)
    expect(gateway.upstream.requests).toHaveLength(requests)
    expect(await gateway.record(refused)).toMatchObject({ outcome: 'refused', code: 'SLUICE_QUOTA_EXCEEDED' })
  })

  test('what a heavy request takes is gone, and the next is told how much is left', async () => {
    // The three refused before took one each.
    expect((await gateway.send(chat, prompt('hi', { n: 90 }), { app: 'heavy' })).status).toBe(200)
    const refused = await gateway.send(chat, prompt('hi', { n: 8 }), { app: 'heavy' })
    expect(refused.text()).toContain('this request counts as 8, and 7 are left')
    expect(Number(refused.header('retry-after'))).toBeGreaterThan(0)
    // It took its one.
    expect((await gateway.send(chat, prompt('hi', { n: 6 }), { app: 'heavy' })).status).toBe(200)
    expect((await send('heavy')).status).toBe(429)
  })

  test('one key has no more under way than it may, and others are not kept waiting', async () => {
    const { promise: gate, resolve: open } = Promise.withResolvers<void>()
    const before = gateway.upstream.exchanges.length
    const answer = json(whole([{ content: 'ok' }]))
    gateway.upstream.respond(async (exchange) => {
      await gate
      await answer(exchange)
    })
    const [first, second] = [send('few'), send('few')]
    await gateway.upstream.until(({ exchanges }) => exchanges.length === before + 2)
    for (let time = 0; time < 20; time++) {
      const refused = await send('few')
      expect([refused.status, refused.json()]).toEqual([429, { error: 'Too many requests of this key are under way.' }])
    }
    gateway.upstream.once(answer)
    expect((await send('free')).status).toBe(200)
    open()
    for (const passed of [await first, await second]) expect(passed.status).toBe(200)
    expect((await send('few')).status).toBe(200)
  })
})
