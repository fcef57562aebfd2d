import { expect, test } from 'bun:test'
import { json, sse } from '@sluice/testing'
import { runtime } from '../../harness/sluice.ts'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType, policies } from '../pitfalls/needle.ts'
import { boundary, encodeForm } from '../pitfalls/requests.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { app: { policies: ['redact-in', 'redact-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const bad = `1 ${needle} 2 ${needle} 3`
const redacted = '1 [REDACTED] 2 [REDACTED] 3'

test('REDACT in a request: the provider gets the rest, with its right length, and the answer comes back', async () => {
  const answer = whole([{ content: 'ok' }])
  gateway.upstream.respond(json(answer))
  const given = await gateway.send(chat, prompt(bad, { user: `u ${needle}`, x: 1.0 }))
  const request = gateway.upstream.requests.at(-1)
  const up = JSON.stringify(prompt(redacted, { user: 'u [REDACTED]', x: 1.0 }))
  expect(request?.text()).toBe(up)
  // Deno sends in chunks, so that nothing is sent twice.
  const framing = runtime === 'deno' ? [undefined, 'chunked'] : [`${up.length}`, undefined]
  expect([request?.header('content-length'), request?.header('transfer-encoding')]).toEqual(framing)
  expect(given.text()).toBe(answer)
  const record = await gateway.record(given)
  expect(record).toMatchObject({ outcome: 'forwarded', action: 'REDACT', effectiveAction: 'REDACT' })
  expect(record.detections.map(({ type, place, start, end }) => [type, place.pointer, start, end])).toEqual([
    [needleType, '/messages/0/content', 2, 2 + needle.length],
    [needleType, '/messages/0/content', 5 + needle.length, 5 + 2 * needle.length],
    [needleType, '/user', 2, 2 + needle.length],
  ])
})

test('REDACT in a whole answer: the client gets the rest, with its right length', async () => {
  const said = (text: string) => ({
    content: text,
    refusal: text,
    calls: [{ id: 'c1', name: 'f', input: JSON.stringify({ a: text }) }],
  })
  gateway.upstream.respond(json(whole([said(bad), { content: 'clean' }])))
  const given = await gateway.send(chat, prompt('hi', { tools: [{ type: 'function', function: { name: 'f' } }] }))
  const expected = whole([said(redacted), { content: 'clean' }])
  expect([given.text(), given.header('content-length')]).toEqual([expected, `${expected.length}`])
  expect(await gateway.record(given)).toMatchObject({
    outcome: 'forwarded',
    action: 'REDACT',
    effectiveAction: 'REDACT',
    policy: 'redact-out',
  })
})

test('REDACT in a field of a form: the other parts, the file among them, are the client’s own', async () => {
  const form = (prompt: string) =>
    encodeForm([
      { name: 'file', filename: 'a.wav', value: `RIFF\r\n${needle}` },
      { name: 'prompt', value: prompt },
      { name: 'model', value: 'whisper-1' },
    ])
  gateway.upstream.respond(json('{"text":"ok"}'))
  const headers = [['content-type', `multipart/form-data; boundary=${boundary}`]] as const
  const given = await gateway.send('/v1/audio/transcriptions', form(bad), { headers })
  expect(given.text()).toBe('{"text":"ok"}')
  expect(gateway.upstream.requests.at(-1)?.text()).toBe(form(redacted))
  expect(await gateway.record(given)).toMatchObject({ action: 'REDACT', detections: [{}, {}] })
})

test('REDACT of an observed stream is recorded as what it would have been', async () => {
  const frames = streamed([{ content: bad }])
  gateway.upstream.respond(sse(frames))
  const given = await gateway.send(chat, prompt('hi', { stream: true }))
  expect(given.text()).toBe(frames)
  expect(await gateway.record(given)).toMatchObject({
    action: 'REDACT',
    effectiveAction: 'LOG',
    decisions: [{ lifecycle: 'EGRESS', action: 'REDACT', effectiveAction: 'LOG' }],
  })
})
