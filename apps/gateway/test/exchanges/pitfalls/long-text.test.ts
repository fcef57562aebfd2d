import { expect, test } from 'bun:test'
import type { ExchangeRecord } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import { prompt, streamed, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { served } from './served.ts'

const gateway = served({
  apps: { open: {}, in: { policies: ['redact-in'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
/** UTF-16 units. */
const length = 2_000_000
/** Where text may be cut inside: sockets and buffers cut bytes, detectors are handed text, at multiples of powers of 2. */
const boundary = 65_536

/** Words up to `length`, with the needle at each of these offsets. */
function textWith(offsets: readonly number[], filler = 'lorem ipsum '): string {
  const words = filler.repeat(Math.ceil(length / filler.length)).slice(0, length)
  let text = ''
  for (const at of offsets) text += `${words.slice(text.length, at - 1)} ${needle} `
  return text + words.slice(text.length)
}

function startsOf({ detections }: ExchangeRecord): number[] {
  return detections.map(({ start }) => start).sort((a, b) => a - b)
}

/** Needles that begin so far before every boundary that each of them is cut in another place. */
function atBoundaries(before: number): number[] {
  const middle = Array.from({ length: Math.floor(length / boundary) - 1 }, (_, at) => (at + 1) * boundary - before)
  return [1, ...middle, length - needle.length - 2]
}

// https://github.com/aisix-ai/aisix/pull/1040
test('7 long text is clipped before it is scanned: head, tail and every internal boundary of 2 MB', async () => {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  for (let before = 0; before <= needle.length; before++) {
    const offsets = atBoundaries(before)
    const answer = await gateway.send(chat, prompt(textWith(offsets)), { app: 'open' })
    expect([before, startsOf(await gateway.record(answer))]).toEqual([before, offsets])
  }
})

test('7 long text is clipped before it is scanned: text of which no character is one byte', async () => {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  for (const filler of ['你好，', '😀😀 ', 'é\u0301']) {
    const offsets = atBoundaries(7)
    const text = textWith(offsets, filler)
    const answer = await gateway.send(chat, prompt(text), { app: 'in' })
    expect([filler, startsOf(await gateway.record(answer))]).toEqual([filler, offsets])
    const sent = gateway.upstream.requests.at(-1)?.text()
    expect(sent === JSON.stringify(prompt(text.replaceAll(needle, '[REDACTED]')))).toBe(true)
  }
})

test('7 long text is clipped before it is scanned: one of many parts, and the arguments of a tool', async () => {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const parts = Array.from({ length: 2000 }, (_, at) => ({
    type: 'text',
    text: `${'words '.repeat(160)}${[0, 999, 1999].includes(at) ? needle : ''}`,
  }))
  const answer = await gateway.send(chat, prompt(parts), { app: 'open' })
  const { detections } = await gateway.record(answer)
  const pointers = [0, 999, 1999].map((at) => `/messages/0/content/${at}/text` as const)
  expect(detections.map(({ place }) => place.pointer)).toEqual(pointers)

  const offsets = atBoundaries(9)
  const input = JSON.stringify({ text: textWith(offsets) })
  const call = { id: 'call_1', type: 'function', function: { name: 'write', arguments: input } }
  const messages = [{ role: 'assistant', tool_calls: [call] }]
  const called = await gateway.send(chat, { model: 'gpt-4o-mini', messages }, { app: 'open' })
  const inArguments = offsets.map((at) => at + '{"text":"'.length)
  expect(startsOf(await gateway.record(called))).toEqual(inArguments)
})

test('7 long text is clipped before it is scanned: an answer, whole and streamed', async () => {
  const offsets = atBoundaries(11)
  const said = [{ content: textWith(offsets) }]
  gateway.upstream.once(json(whole(said)))
  gateway.upstream.once(sse(streamed(said, { piece: 1000 })))
  const answers = [
    await gateway.send(chat, prompt('hi'), { app: 'open' }),
    await gateway.send(chat, prompt('hi', { stream: true }), { app: 'open' }),
  ]
  for (const record of await gateway.records(answers)) expect(startsOf(record)).toEqual(offsets)
})
