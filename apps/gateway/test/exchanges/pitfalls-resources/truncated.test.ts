import { describe, expect, test } from 'bun:test'
import { type Responder, sse } from '@sluice/testing'
import { chunks, frame, prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'
import { endsLate } from './ends-late.ts'

const gateway = served({ config: { plugins: detectors } })
const chat = '/v1/chat/completions'
const frames = chunks([{ content: `a card ${needle} and more` }], { piece: 40 }).map(frame)
/** All but the frame that says that the choice is finished. */
const unfinished = frames.slice(0, -1).join('')

const endings: Readonly<Record<string, Responder>> = {
  'by a reset': endsLate(unfinished, 'reset'),
  'by a close within chunked framing': endsLate(unfinished, 'cut'),
  'by a close where nothing frames it': sse(unfinished, { end: 'close' }),
  'in good order, but without an end': sse(unfinished),
  'in the middle of a frame': sse(`${unfinished}data: {"choices":[{"index":0,"del`),
}

// https://github.com/Wei-Shaw/sub2api/pull/6299
describe('34 a truncated stream is recorded as a success', () => {
  test.each(Object.entries(endings))('ended %s', async (_, responder) => {
    gateway.upstream.respond(responder)
    const answer = await gateway.send(chat, prompt('hi', { stream: true }))
    expect(answer.text()).toContain(unfinished)
    const record = await gateway.record(answer)
    expect(record).toMatchObject({
      outcome: 'upstream-truncated',
      status: 200,
      upstream: { status: 200 },
      detections: [{ type: needleType, lifecycle: 'EGRESS', place: { pointer: '/choices/0/delta/content' } }],
    })
    // Only what was answered to its end earns trust.
    expect(record.trust).toEqual({ before: 0, after: 0 })
  })

  test('and one that ended as it should is not', async () => {
    for (const stream of [`${frames.join('')}data: [DONE]\n\n`, frames.join(''), `${unfinished}data: [DONE]\n\n`]) {
      gateway.upstream.respond(sse(stream))
      const answer = await gateway.send(chat, prompt('hi', { stream: true, user: 'ended' }))
      expect(await gateway.record(answer)).toMatchObject({ outcome: 'forwarded' })
    }
  })

  test('before a byte of it came', async () => {
    gateway.upstream.respond(async (exchange) => {
      await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
      exchange.cut()
    })
    const answer = await gateway.send(chat, prompt('hi', { stream: true })).catch(() => undefined)
    expect(answer?.end).not.toBe('complete')
    const [event] = (await gateway.sluice.events(9)).slice(-1)
    expect(event?.data).toMatchObject({ outcome: 'upstream-truncated' })
  })

  test('an answer that should be whole is no success either', async () => {
    const body = whole([{ content: `a card ${needle} and more` }])
    gateway.upstream.respond(async (exchange) => {
      await exchange.head(200, { 'content-type': 'application/json', 'content-length': `${body.length}` })
      await exchange.write(body.slice(0, -1))
      exchange.cut()
    })
    const answer = await gateway.send(chat, prompt('hi'))
    expect([answer.status, answer.json()]).toEqual([502, { error: 'The provider could not be reached.' }])
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'failed', code: 'SLUICE_UPSTREAM_UNREACHABLE' })
  })
})
