import { describe, expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { json, sse, text } from '@sluice/testing'
import { type Call, prompt, type Said, streamed, usage, whole } from './answers.ts'
import { detectors, needle, needleType, policies } from './needle.ts'
import { boundary, encodeForm } from './requests.ts'
import { found, served } from './served.ts'

const chat = '/v1/chat/completions'
const gateway = served({
  apps: { open: {}, in: { policies: ['block-in'] }, out: { policies: ['block-out'] } },
  config: { plugins: detectors, policies },
})
const said = `use ${needle} for that`
const tools: Json = [
  { type: 'function', function: { name: 'pay', parameters: {} } },
  { type: 'custom', custom: { name: 'sql' } },
]

// https://github.com/aisix-ai/aisix/pull/204, https://github.com/aisix-ai/aisix/pull/466
describe('3 stream: true is a way round', () => {
  test.each([{ stream: true }, { stream: false }, { stream: null }, {}])('a blocked request, %j', async (more) => {
    const answer = await gateway.send(chat, prompt(said, more), { app: 'in' })
    expect(answer.status).toBe(200)
    expect(answer.header('content-type')).toStartWith(more.stream ? 'text/event-stream' : 'application/json')
    expect(answer.text()).toContain('Content blocked due to policy violations')
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'blocked', action: 'BLOCK', policy: 'block-in' })
    expect(gateway.upstream.requests).toHaveLength(0)
  })

  test('the same detections in a stream, in a whole answer, and in either where the other was asked for', async () => {
    const choices: Said[] = [{ content: said }, { content: 'clean' }, { refusal: `not with ${needle}` }]
    const answers = []
    for (const stream of [true, false]) {
      for (const body of [sse(streamed(choices)), json(whole(choices))]) {
        gateway.upstream.respond(body)
        answers.push(await gateway.send(chat, prompt('hi', { stream }), { app: 'open' }))
      }
    }
    const records = await gateway.records(answers)
    expect(records.map(({ stream }) => stream)).toEqual([true, true, false, false])
    for (const record of records) expect(found(record)).toEqual(found(records[0] ?? record))
    expect(records[0]?.detections.map(({ kind, type }) => [kind, type])).toEqual([
      ['assistant', needleType],
      ['refusal', needleType],
    ])
  })
})

// https://github.com/aisix-ai/aisix/pull/546
describe('5 tool arguments unscanned on one API and not another', () => {
  const call = (input: string, isCustom = false): Call => ({
    id: 'call_1',
    name: isCustom ? 'sql' : 'pay',
    input,
    isCustom,
  })
  const places: Readonly<Record<string, readonly Said[]>> = {
    content: [{ content: said }],
    reasoning: [{ reasoning_content: said, content: 'x' }],
    refusal: [{ refusal: said }],
    'tool arguments': [{ calls: [call(JSON.stringify({ to: said }))] }],
    'a second call': [{ calls: [call('{}'), { ...call(JSON.stringify({ to: [said] })), id: 'call_2' }] }],
    'tool arguments, escaped within': [{ calls: [call(`{"to":"${escaped(needle)}"}`)] }],
    'the name of a tool argument, escaped': [{ calls: [call(`{"${escaped(needle)}":1}`)] }],
    'a tool argument given twice, escaped': [{ calls: [call(`{"to":"${escaped(needle)}","to":"x"}`)] }],
    'tool arguments cut short, escaped': [{ calls: [call(`{"to":"${escaped(needle)}`)] }],
    'tool arguments that are no JSON': [{ calls: [call(`{"to":"${said}`)] }],
    'custom tool input': [{ calls: [call(said, true)] }],
    'choice 2': [{ content: 'clean' }, { content: 'clean too' }, { content: said }],
  }

  test.each(Object.entries(places))('%s of an answer', async (_, choices) => {
    gateway.upstream.respond(json(whole(choices, { usage })))
    const blocked = await gateway.send(chat, prompt('hi', { tools }), { app: 'out' })
    expect(blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(blocked.text()).not.toContain(needle)
    gateway.upstream.respond(sse(streamed(choices, { usage })))
    const observed = await gateway.send(chat, prompt('hi', { tools, stream: true }), { app: 'out' })
    expect(observed.text()).toBe(streamed(choices, { usage }))
    const [first, second] = await gateway.records([blocked, observed])
    expect(first).toMatchObject({ outcome: 'blocked', action: 'BLOCK', effectiveAction: 'BLOCK' })
    expect(second).toMatchObject({ outcome: 'forwarded', action: 'BLOCK', effectiveAction: 'LOG' })
    expect(found(first ?? never())).toEqual(found(second ?? never()))
    expect(first?.detections).toHaveLength(1)
  })

  test.each(Object.entries(places))('%s of a message sent back', async (_, choices) => {
    const messages = choices.flatMap(({ calls = [], ...texts }) => [
      {
        role: 'assistant',
        ...texts,
        tool_calls: calls.map(({ id, name, input, isCustom }) =>
          isCustom
            ? { id, type: 'custom', custom: { name, input } }
            : { id, type: 'function', function: { name, arguments: input } },
        ),
      },
    ])
    const before = gateway.upstream.requests.length
    const answer = await gateway.send(chat, { model: 'gpt-4o-mini', messages }, { app: 'in' })
    expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    expect(gateway.upstream.requests).toHaveLength(before)
  })
})

describe('5 tool arguments unscanned on one API and not another: the other APIs', () => {
  const completion = (texts: readonly string[]) =>
    JSON.stringify({ object: 'text_completion', choices: texts.map((text, index) => ({ index, text })) })

  test.each([0, 1, 2])('choice %d of a completion', async (at) => {
    const texts = [0, 1, 2].map((index) => (index === at ? said : 'clean'))
    gateway.upstream.respond(json(completion(texts)))
    const blocked = await gateway.send('/v1/completions', { model: 'm', prompt: 'hi' }, { app: 'out' })
    expect(blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    const pieces = [said.slice(0, 9), said.slice(9)].map((text) => ({ choices: [{ index: at, text }] }))
    gateway.upstream.respond(sse([...pieces, 'data: [DONE]\n\n']))
    const body = { model: 'm', prompt: 'hi', stream: true }
    const observed = await gateway.send('/v1/completions', body, { app: 'out' })
    const records = await gateway.records([blocked, observed])
    expect(records.map(({ action }) => action)).toEqual(['BLOCK', 'BLOCK'])
    expect(found(records[1] ?? never())).toEqual(found(records[0] ?? never()))
  })

  test.each([
    ['json', 'application/json', JSON.stringify({ text: said })],
    ['verbose_json', 'application/json', JSON.stringify({ text: 'x', segments: [{ id: 0, text: said }] })],
    ['srt', 'text/plain; charset=utf-8', `1\n00:00:00,000 --> 00:00:01,000\n${said}\n`],
    ['vtt', 'text/vtt', `WEBVTT\n\n00:00.000 --> 00:01.000\n${said}\n`],
  ])('a transcript as %s', async (_, type, body) => {
    gateway.upstream.respond(text(body, { headers: { 'content-type': type } }))
    const form = encodeForm([
      { name: 'file', filename: 'a.wav', value: 'RIFF' },
      { name: 'model', value: 'whisper-1' },
    ])
    const headers = [['content-type', `multipart/form-data; boundary=${boundary}`]] as const
    const answer = await gateway.send('/v1/audio/transcriptions', form, { app: 'out', headers })
    expect([answer.status, answer.json()]).toEqual([451, { error: 'Content blocked due to policy violations' }])
    expect((await gateway.record(answer)).detections).toMatchObject([{ kind: 'transcript', lifecycle: 'EGRESS' }])
  })
})

// https://github.com/NVIDIA/NeMo-Guardrails/issues/1413
describe('6 only the last message, or only choice 0, is read', () => {
  const roles = ['system', 'developer', 'user', 'assistant', 'tool', 'function']
  const parts = (at: number, text: string): Json =>
    [0, 1, 2].map((n) => ({ type: 'text', text: n === at ? text : 'ok' }))
  const contents: readonly (readonly [string, (text: string) => Json])[] = [
    ['a string', (text) => text],
    ['part 0', (text) => parts(0, text)],
    ['part 1', (text) => parts(1, text)],
    ['part 2', (text) => parts(2, text)],
    ['a bare part', (text) => ['ok', text]],
  ]

  test.each(roles)('every index and part of a message, role %s', async (role) => {
    const before = gateway.upstream.requests.length
    for (const index of [0, 1, 2, 3, 4]) {
      for (const [name, content] of contents) {
        const messages = [0, 1, 2, 3, 4].map((at) => ({
          role: at === index ? role : 'user',
          content: at === index ? content(said) : 'clean',
        }))
        const answer = await gateway.send(chat, { model: 'gpt-4o-mini', messages }, { app: 'in' })
        expect({ index, name, text: answer.text() }).toMatchObject({
          text: expect.stringContaining('"finish_reason":"content_filter"'),
        })
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('every choice of an answer', async () => {
    for (const at of [0, 1, 2, 3]) {
      const choices = [0, 1, 2, 3].map((index) => ({ content: index === at ? said : 'clean' }))
      gateway.upstream.respond(json(whole(choices)))
      const answer = await gateway.send(chat, prompt('hi', { n: 4 }), { app: 'out' })
      expect(answer.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
    }
  })

  test('every prompt of a completion and every input of an embedding', async () => {
    const before = gateway.upstream.requests.length
    for (const at of [0, 1, 2]) {
      const list = [0, 1, 2].map((index) => (index === at ? said : 'clean'))
      const completion = await gateway.send('/v1/completions', { model: 'm', prompt: list }, { app: 'in' })
      expect(completion.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
      for (const path of ['/v1/embeddings', '/v1/moderations']) {
        const answer = await gateway.send(path, { model: 'm', input: list }, { app: 'in' })
        expect([answer.status, answer.json()]).toEqual([451, { error: 'Content blocked due to policy violations' }])
      }
    }
    expect(gateway.upstream.requests).toHaveLength(before)
  })
})

function escaped(text: string): string {
  return [...text].map((char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`).join('')
}

function never(): never {
  throw new Error('not recorded')
}
