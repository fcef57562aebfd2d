import { describe, expect, test } from 'bun:test'
import type { ExchangeRecord, Json } from '@sluice/core'
import { json, type Responder, sse } from '@sluice/testing'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const redact = { policies: ['redact-in', 'redact-out'] }
const gateway = served({
  // One for each test: trust is the lesser of a key's and its actor's.
  apps: {
    numbers: redact,
    chain: redact,
    ceiling: {},
    nothing: { policies: ['block-in'] },
    farming: {},
    results: redact,
    day: {},
  },
  config: { plugins: detectors, policies, trust: { ceilings: { BASIC: 0.3 }, dailyEarnings: 2 } },
})
const chat = '/v1/chat/completions'
const ok = json(whole([{ content: 'ok' }]))

interface Asked {
  readonly session?: string
  readonly responder?: Responder
  readonly more?: { readonly [name: string]: Json }
}

async function ask(
  app: string,
  content: Json,
  { session, responder = ok, more = {} }: Asked = {},
): Promise<ExchangeRecord> {
  gateway.upstream.respond(responder)
  const headers = session === undefined ? [] : [['x-session-id', session] as const]
  return gateway.record(await gateway.send(chat, prompt(content, more), { app, headers }))
}
const trustOf = ({ trust }: ExchangeRecord) => [trust?.before, trust?.after]

describe('trust over the wire', () => {
  test('five at +0.1, then +0.2; a violation costs 1, and what cannot be paid is owed', async () => {
    const steps = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.1]
    for (const [at, before] of steps.slice(0, -1).entries()) {
      expect(trustOf(await ask('numbers', 'hi'))).toEqual([before, steps[at + 1]])
    }
    const violation = await ask('numbers', `a card ${needle}`, { session: 'a' })
    expect(violation).toMatchObject({ outcome: 'forwarded', action: 'REDACT', trust: { before: 1.1, after: 0.1 } })
    // 0.1 is paid, 0.9 owed: four clean ones of 0.2 and a half of the next pay it.
    expect(trustOf(await ask('numbers', `a card ${needle}`, { session: 'b' }))).toEqual([0.1, 0])
    for (let time = 0; time < 2; time++) expect(trustOf(await ask('numbers', 'hi', { session: 'c' }))).toEqual([0, 0])
  })

  test('what the model says is the actor’s doing too, in a stream as in a whole answer', async () => {
    for (let time = 0; time < 3; time++) await ask('chain', 'hi')
    const frames = streamed([{ content: `a card ${needle}` }])
    const observed = await ask('chain', 'hi', { responder: sse(frames), more: { stream: true }, session: 'a' })
    expect(observed).toMatchObject({ outcome: 'forwarded', action: 'REDACT', effectiveAction: 'LOG' })
    expect(trustOf(observed)).toEqual([0.3, 0])
    // While an attack chain is under way nothing is earned.
    expect(trustOf(await ask('chain', 'hi', { session: 'a' }))).toEqual([0, 0])
  })

  test('a claimed identity has its ceiling, and never more trust than its key', async () => {
    const ends: unknown[] = []
    for (let time = 0; time < 6; time++) ends.push((await ask('ceiling', 'hi', { more: { user: 'ada' } })).trust?.after)
    expect(ends).toEqual([0.1, 0.2, 0.3, 0.3, 0.3, 0.3])
    // A claim that is new has nothing, though its key has.
    expect(trustOf(await ask('ceiling', 'hi', { more: { user: 'bob' } }))).toEqual([0, 0.1])
  })

  test('so much a day, and no more', async () => {
    let after: number | undefined
    for (let time = 0; time < 16; time++) after = (await ask('day', 'hi')).trust?.after
    expect(after).toBe(2)
  })

  test('risk is the sum of its parts, cut at 100', async () => {
    // Signal of nothing 0, violations 0, distrust 100 × 0.3.
    expect((await ask('nothing', 'hi')).risk).toBe(30)
    // HIGH 60; trust is 0.1: (100 − 0.1) × 0.3, rounded to tenths.
    expect((await ask('nothing', needle)).risk).toBe(90)
    expect((await ask('nothing', needle)).risk).toBe(92)
  })
})

describe('53 trust is farmed by calls that are none, or by what callers say of themselves', () => {
  test('1,000 GET /v1/models earn 0', async () => {
    gateway.upstream.respond(json('{"object":"list","data":[]}'))
    for (let round = 0; round < 50; round++) {
      const all = Array.from({ length: 20 }, () =>
        gateway.send('/v1/models', undefined, { method: 'GET', app: 'farming' }),
      )
      for (const answer of await Promise.all(all)) expect(answer.status).toBe(200)
    }
    expect((await ask('farming', 'hi')).trust?.before).toBe(0)
  }, 30_000)

  const empty: Readonly<Record<string, Asked>> = {
    'an error of the provider': { responder: json('{"error":{"message":"no"}}', { status: 400 }) },
    'an answer cut off': { responder: sse(streamed([{ content: 'x' }]).slice(0, 300)), more: { stream: true } },
    'an answer that cannot be read': { responder: json(new Uint8Array([0xff, 0xfe, 0x80])) },
    'a coding that cannot be read': { responder: json('{}', { headers: { 'content-encoding': 'x-own' } }) },
    'a redirect': { responder: json('{}', { status: 302, headers: { location: 'http://127.0.0.1:1/' } }) },
  }
  test.each(Object.entries(empty))('%s earns nothing', async (name, asked) => {
    expect(trustOf(await ask('farming', 'hi', { ...asked, more: { ...asked.more, user: name } }))).toEqual([0, 0])
  })

  test('what is blocked earns nothing', async () => {
    expect(trustOf(await ask('nothing', `a card ${needle}`, { more: { user: 'x' } }))).toEqual([0, 0])
  })

  test('a tool result is nobody’s violation, wherever a caller may have it from, and it is acted on all the same', async () => {
    const messages: Json = [
      { role: 'assistant', tool_calls: [{ id: 'c1', type: 'function', function: { name: 'f', arguments: '{}' } }] },
      { role: 'tool', tool_call_id: 'c1', content: `found ${needle}` },
    ]
    const record = await ask('results', '', { more: { messages } })
    expect(record).toMatchObject({ action: 'REDACT', detections: [{ kind: 'tool-result', trust: 'external' }] })
    expect(trustOf(record)).toEqual([0, 0.1])
    expect(gateway.upstream.requests.at(-1)?.text()).not.toContain(needle)
    // The same words as the caller's own cost.
    expect(trustOf(await ask('results', `found ${needle}`))).toEqual([0.1, 0])
  })
})
