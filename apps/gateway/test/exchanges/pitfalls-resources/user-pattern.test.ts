import { describe, expect, test } from 'bun:test'
import { json, sse } from '@sluice/testing'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const use = '@sluice/detector-custom'
const custom = (type: string) => ({
  use,
  options: { patterns: [{ pattern: '^(\\w+\\s?)+$', type, severity: 'HIGH' as const }] },
})
const policies = [
  { id: 'no-words', match: { types: ['IP_WORDS'], lifecycle: ['INGRESS' as const] }, action: 'BLOCK' as const },
]
const gateway = served({
  config: { plugins: [{ ...custom('IP_WORDS'), timeoutMs: 20_000 }], policies },
  apps: { app: { policies: ['no-words'] } },
})
const hasty = served({ config: { plugins: [{ ...custom('IP_WORDS'), timeoutMs: 200 }] } })
const chat = '/v1/chat/completions'
/** On a busy machine a text of megabytes is not even read at once. */
const read = { timeoutMs: 20_000 }
const ok = json(whole([{ content: 'ok!' }]))
/** A million characters that a backtracking engine would not come back from, and a linear one takes a second for. */
const matching = 'word '.repeat(200_000)
const almost = `${'a'.repeat(1_000_000)}!`

/** How many other requests are answered, one after the other, before this one is. */
async function answeredBefore(long: Promise<unknown>): Promise<number> {
  let isOver = false
  const over = long.finally(() => {
    isOver = true
  })
  let count = 0
  while (!isOver) {
    gateway.upstream.respond(ok)
    expect((await gateway.send(chat, prompt('hi!'), { read })).status).toBe(200)
    if (!isOver) count += 1
  }
  await over
  return count
}

// Measured: `/^(\w+\s?)+$/` does not come back from 40 characters in the engine of the runtime.
describe('35 a regular expression of a user’s freezes the gateway', () => {
  test('a request that matches it, and others that go on', async () => {
    gateway.upstream.respond(ok)
    const long = gateway.send(chat, prompt(matching), { read })
    expect(await answeredBefore(long)).toBeGreaterThan(5)
    expect((await long).json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  }, 30_000)

  test('a request that almost matches it passes', async () => {
    gateway.upstream.respond(ok)
    expect((await gateway.send(chat, prompt(almost), { read })).status).toBe(200)
  }, 30_000)

  test('a stream that says it, and others that go on while it is inspected', async () => {
    const frames = streamed([{ content: matching }], { piece: 50_000 })
    gateway.upstream.respond(sse(frames))
    const answer = await gateway.send(chat, prompt('hi!', { stream: true }))
    expect(answer.text()).toBe(frames)
    const record = gateway.record(answer)
    expect(await answeredBefore(record)).toBeGreaterThan(5)
    expect((await record).detections).toMatchObject([{ type: 'IP_WORDS', end: matching.length }])
  }, 30_000)

  test('past its time it is refused, and what worked for it works no more', async () => {
    hasty.upstream.respond(ok)
    const all = Array.from({ length: 4 }, () => hasty.send(chat, prompt(matching.repeat(3)), { read }))
    const refused = await Promise.all(all)
    for (const answer of refused) expect(answer.status).toBe(503)
    expect((await hasty.send(chat, prompt('hi!'))).status).toBe(200)
    for (const record of await hasty.records(refused)) {
      expect(record.faults).toEqual([{ plugin: use, hook: 'inspect', code: 'SLUICE_PLUGIN_TIMEOUT' }])
      expect(record.inspection).toBe('not inspected')
    }
  }, 30_000)
})
