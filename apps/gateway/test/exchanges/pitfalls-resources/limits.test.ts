import { describe, expect, test } from 'bun:test'
import { json } from '@sluice/testing'
import { prompt, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { minute: { rateLimit: 60 }, month: { monthlyQuota: 30 }, last: { monthlyQuota: 1 }, free: {} },
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

  // PITFALLS 64.
  test('100 at once where one is left: one', async () => {
    const { passed, refused } = await parallel('last', 100)
    expect([passed.length, refused.length]).toEqual([1, 99])
  })
})
