import { describe, expect, test } from 'bun:test'
import { connectRaw, encodeRequest, json, type Responder, sse, startUpstream } from '@sluice/testing'
import { startSluice } from '../../harness/sluice.ts'
import { chunks, frame, prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { fullListener } from './full-listener.ts'

const idleMs = 300
const firstByteMs = 500
const gateway = served({ config: { plugins: detectors, timeouts: { connectMs: 1000, firstByteMs, idleMs } } })
const chat = '/v1/chat/completions'

const timeout = [504, { error: 'The provider did not answer in time.' }]
const took = async <T>(work: Promise<T>): Promise<[T, number]> => {
  const start = performance.now()
  const value = await work
  return [value, performance.now() - start]
}

describe('a provider that is too slow', () => {
  test('for its first byte: 504, the call is given up', async () => {
    gateway.upstream.respond((exchange) => exchange.stall())
    const [answer, ms] = await took(gateway.send(chat, prompt('hi')))
    expect([answer.status, answer.json()]).toEqual(timeout)
    expect(answer.header('x-should-retry')).toBe('false')
    expect(ms).toBeGreaterThan(firstByteMs - 50)
    expect(ms).toBeLessThan(firstByteMs + 2000)
    await gateway.upstream.until(({ open }) => open === 0)
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'failed',
      code: 'SLUICE_UPSTREAM_TIMEOUT',
      status: 504,
    })
  })

  test('for a first byte in half a head: 504', async () => {
    gateway.upstream.respond(async (exchange) => {
      await exchange.write('HTTP/1.1 200 OK\r\ncontent-type: appl')
      await exchange.stall()
    })
    const answer = await gateway.send(chat, prompt('hi'))
    expect([answer.status, answer.json()]).toEqual(timeout)
  })

  test('within an answer that should be whole, framed in any way: 504', async () => {
    const heads: readonly Record<string, string>[] = [
      { 'content-length': '1000' },
      { 'content-length': '10000000' },
      { 'transfer-encoding': 'chunked' },
      { connection: 'close' },
    ]
    for (const head of heads) {
      gateway.upstream.respond(async (exchange) => {
        await exchange.head(200, { 'content-type': 'application/json', ...head })
        await ('transfer-encoding' in head ? exchange.chunk('{"a":') : exchange.write('{"a":'))
        await exchange.stall()
      })
      const answer = await gateway.send(chat, prompt('hi'))
      expect([head, answer.status, answer.json()]).toEqual([head, ...timeout])
    }
    await gateway.upstream.until(({ open }) => open === 0)
  })

  test('in the middle of a stream: ended, not as if it were whole; recorded, with what it said', async () => {
    const frames = chunks([{ content: `a card ${needle}, then` }], { piece: 40 })
      .slice(0, -1)
      .map(frame)
    gateway.upstream.respond(sse(frames, { end: 'stall' }))
    const [answer, ms] = await took(gateway.send(chat, prompt('hi', { stream: true })))
    expect(answer.status).toBe(200)
    expect(answer.text()).toBe(frames.join(''))
    expect(answer.end).not.toBe('complete')
    expect(ms).toBeGreaterThan(idleMs - 50)
    expect(ms).toBeLessThan(idleMs + 2000)
    await gateway.upstream.until(({ open }) => open === 0)
    expect(await gateway.record(answer)).toMatchObject({
      outcome: 'upstream-truncated',
      code: 'SLUICE_UPSTREAM_TIMEOUT',
      detections: [{ type: needleType, lifecycle: 'EGRESS' }],
    })
  })
})

describe('a provider that is slow, but not too slow', () => {
  const slowly: Readonly<Record<string, Responder>> = {
    stream: sse(streamed([{ content: 'one two' }]), { split: 120, delayMs: idleMs / 2 }),
    comments: sse([': 1\n\n', ': 2\n\n', ': 3\n\n', streamed([{ content: 'one two' }])], { delayMs: idleMs / 2 }),
  }
  test.each(Object.entries(slowly))('%s', async (_, responder) => {
    gateway.upstream.respond(responder)
    const answer = await gateway.send(chat, prompt('hi', { stream: true }))
    expect(answer.end).toBe('complete')
    expect(answer.text()).toEndWith(streamed([{ content: 'one two' }]))
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'forwarded' })
  })

  test('a client that takes nothing is as good as gone, and no fault of the provider', async () => {
    gateway.upstream.respond(async (exchange) => {
      await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
      for (;;) await exchange.chunk(frame({ choices: [{ index: 0, delta: { content: 'x'.repeat(65_536) } }] }))
    })
    const url = `${gateway.sluice.url}${chat}`
    using connection = await connectRaw(url)
    connection.pause()
    const headers = { 'content-type': 'application/json', ...gateway.sluice.headers() }
    const body = JSON.stringify(prompt('hi', { stream: true }))
    const recorded = (await gateway.sluice.events(0)).length
    await connection.send(encodeRequest(url, { method: 'POST', headers, body }))
    const record = (await gateway.sluice.events(recorded + 1)).at(-1)?.data
    expect([record?.outcome, record?.code]).toEqual(['client-aborted', undefined])
    await gateway.upstream.until(({ open }) => open === 0)
  })
})

describe('a provider that is not there', () => {
  test('502, whoever refuses the connection, and again a moment later', async () => {
    const gone = await startUpstream()
    await using sluice = await startSluice({ upstream: gone.url, config: { timeouts: { connectMs: 300 } } })
    gone.respond(json(whole([{ content: 'ok' }])))
    expect((await sluice.post(chat, prompt('hi'))).status).toBe(200)
    await gone.close()
    for (let time = 0; time < 2; time++) {
      const answer = await sluice.post(chat, prompt('hi'))
      expect([answer.status, await answer.json()]).toEqual([502, { error: 'The provider could not be reached.' }])
      expect((await sluice.eventOf(answer)).data).toMatchObject({
        outcome: 'failed',
        code: 'SLUICE_UPSTREAM_UNREACHABLE',
      })
    }
  })

  test('504 where nobody takes the connection', async () => {
    using full = await fullListener()
    await using sluice = await startSluice({ upstream: full.url, config: { timeouts: { connectMs: 300 } } })
    const [answer, ms] = await took(sluice.post(chat, prompt('hi')))
    expect([answer.status, await answer.json()]).toEqual(timeout)
    expect(ms).toBeLessThan(2500)
  })
})
