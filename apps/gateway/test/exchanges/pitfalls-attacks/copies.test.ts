import { describe, expect, test } from 'bun:test'
import type { Json, JsonObject } from '@sluice/core'
import { json, sse } from '@sluice/testing'
import fc from 'fast-check'
import { frame, prompt } from '../pitfalls/answers.ts'
import { detectors, needle, policies } from '../pitfalls/needle.ts'
import { found, served } from '../pitfalls/served.ts'

const gateway = served({
  apps: { open: {}, redact: { policies: ['redact-out'] }, block: { policies: ['block-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const completions = '/v1/completions'
const message = 'Content blocked due to policy violations'

/** Everything of a value that somebody could read: strings, names, tokens and bytes in a row. */
function readings(value: Json): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  if (!Array.isArray(value)) {
    return Object.entries(value).flatMap(([name, item]) => [name, ...readings(item)])
  }
  const list: readonly Json[] = value
  const members = (name: string) => list.map((item) => (isObject(item) ? item[name] : undefined))
  const bytes = members('bytes').flatMap((item) => (Array.isArray(item) ? item : []))
  const alternatives = members('top_logprobs').map((item) => (Array.isArray(item) ? item : []))
  const ranks = Math.max(0, ...alternatives.map((item) => item.length))
  return [
    ...list.flatMap(readings),
    list.filter((item) => typeof item === 'string').join(''),
    members('token').join(''),
    decoded(list),
    decoded(bytes),
    ...Array.from({ length: ranks }, (_, rank) => readings(alternatives.map((item) => item[rank] ?? null))).flat(),
  ]
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function decoded(list: readonly Json[]): string {
  const bytes = list.filter((item) => typeof item === 'number')
  return bytes.length === list.length ? new TextDecoder().decode(Uint8Array.from(bytes)) : ''
}

function tokens(text: string, size: number, alternative: string): Json[] {
  const entry = (token: string): { [name: string]: Json } => ({
    token,
    logprob: -0.5,
    bytes: [...new TextEncoder().encode(token)],
  })
  const others = pieces(alternative, size)
  return pieces(text, size).map((token, at) => ({
    ...entry(token),
    top_logprobs: [entry(token), entry(others[at] ?? '.')],
  }))
}

function pieces(text: string, size: number): string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, at) => text.slice(at * size, (at + 1) * size))
}

const hidden = `the number is ${needle} 你, no less`
const clean = `the number is a secret of ours 你, no less`
const text = fc.constantFrom(clean, clean, hidden)
const size = fc.integer({ min: 1, max: 9 })
const tokenList = fc.tuple(text, size, text).map(([said, cut, alternative]) => tokens(said, cut, alternative))
/** A choice whose copies may say what it says, or not: an upstream may lie. */
const choice: fc.Arbitrary<JsonObject> = fc
  .record({
    content: text,
    refusal: text,
    reasoning_content: text,
    title: text,
    input: text,
    logprobs: fc.option(fc.record({ content: tokenList, refusal: fc.option(tokenList) })),
    tomorrow: text,
  })
  .map(({ title, input, logprobs, tomorrow, ...said }) => ({
    message: {
      role: 'assistant',
      ...said,
      annotations: [{ type: 'url_citation', url_citation: { title, url: 'https://example.com/', start_index: 0 } }],
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'f', arguments: JSON.stringify({ input }) } }],
      audio: { id: 'a', transcript: title },
    },
    logprobs,
    finish_reason: 'stop',
    tomorrow: [{ tomorrow }],
  }))
const older: fc.Arbitrary<JsonObject> = fc.record({ said: text, copy: text, cut: size }).map(({ said, copy, cut }) => ({
  // As with `echo`: the prompt comes first.
  text: `${said} ${said}`,
  logprobs: {
    tokens: pieces(copy, cut),
    token_logprobs: pieces(copy, cut).map(() => -1),
    text_offset: pieces(copy, cut).map((_, at) => at * cut),
    top_logprobs: pieces(copy, cut).map((token) => ({ [token]: -1 })),
  },
  finish_reason: 'stop',
}))
const answer = (each: fc.Arbitrary<JsonObject>) =>
  fc.array(each, { minLength: 1, maxLength: 3 }).map((choices) => ({
    id: 'chatcmpl-1',
    model: 'gpt-4o-mini',
    choices: choices.map((choice, index) => ({ index, ...choice })),
  }))

describe('47 copies on egress', () => {
  test.each([
    ['chat', chat, choice],
    ['completions', completions, older],
  ] as const)(
    '%s: of a blocked or redacted span the client gets nothing, however it is spelled',
    async (_, path, each) => {
      const property = fc.asyncProperty(answer(each), fc.constantFrom('redact', 'block'), async (value, app) => {
        gateway.upstream.respond(json(value))
        const asked = path === chat ? prompt('hi', { logprobs: true }) : { model: 'm', prompt: 'hi', echo: true }
        const got = (await gateway.send(path, asked, { app })).json() as JsonObject
        for (const reading of readings(got)) expect(reading).not.toContain(needle)
        // What held nothing comes as it came.
        if (!readings(value).some((reading) => reading.includes(needle))) expect(got).toEqual(value)
      })
      await fc.assert(property, { seed: 20261126, numRuns: 120 })
    },
    60_000,
  )

  const one = (more: JsonObject, logprobs: Json = null): JsonObject => ({
    choices: [{ index: 0, message: { role: 'assistant', content: clean, ...more }, logprobs, finish_reason: 'stop' }],
  })
  const spelled = (said: string, bytes: string): Json => ({
    content: tokens(said, 5, clean).map((token, at) => ({
      ...(token as JsonObject),
      bytes: [...new TextEncoder().encode(pieces(bytes, 5)[at] ?? '')],
      top_logprobs: [],
    })),
  })
  const copies: Readonly<Record<string, JsonObject>> = {
    'tokens of log probabilities': one({}, { content: tokens(hidden, 3, clean) }),
    'their alternatives': one({}, { content: tokens(clean, 3, hidden) }),
    'their bytes': one({}, spelled(clean, hidden)),
    'tokens of a refusal': one({}, { content: null, refusal: tokens(hidden, 4, clean) }),
  }
  test.each(Object.entries(copies))(
    '%s that say more than the text: gone where redacted, judged where blocked',
    async (_, value) => {
      gateway.upstream.respond(json(value))
      const redacted = await gateway.send(chat, prompt('hi'), { app: 'redact' })
      expect(redacted.json()).toEqual(one({}))
      gateway.upstream.respond(json(value))
      const blocked = await gateway.send(chat, prompt('hi'), { app: 'block' })
      expect(blocked.json()).toMatchObject({ choices: [{ message: { content: message } }] })
      gateway.upstream.respond(json(value))
      const observed = await gateway.send(chat, prompt('hi'), { app: 'open' })
      expect(observed.json()).toEqual(value)
      expect(found(await gateway.record(observed)).length).toBeGreaterThan(0)
    },
  )

  test.each(Object.entries(copies))('%s, streamed: on record as in the whole answer', async (_, value) => {
    const [whole] = value['choices'] as readonly JsonObject[]
    const { logprobs, message, ...rest } = whole ?? {}
    const lists = logprobs as { readonly content?: readonly Json[] | null; readonly refusal?: readonly Json[] }
    const chunk = (more: JsonObject): string => frame({ choices: [{ ...rest, finish_reason: null, ...more }] })
    const frames = [
      ...(lists.content ?? []).map((token) => chunk({ delta: {}, logprobs: { content: [token] } })),
      ...(lists.refusal ?? []).map((token) => chunk({ delta: {}, logprobs: { refusal: [token] } })),
      chunk({ delta: message ?? null, logprobs: null }),
      chunk({ delta: {}, finish_reason: 'stop' }),
      'data: [DONE]\n\n',
    ].join('')
    gateway.upstream.respond(json(value))
    const first = await gateway.send(chat, prompt('hi'), { app: 'open' })
    gateway.upstream.respond(sse(frames, { split: 11 }))
    const second = await gateway.send(chat, prompt('hi', { stream: true }), { app: 'open' })
    expect(second.text()).toBe(frames)
    const [one, other] = (await gateway.records([first, second])).map(found)
    expect(one?.length).toBeGreaterThan(0)
    expect(other).toEqual(one ?? [])
  })

  test('log probabilities go where their choice is edited, and stay byte for byte where it is not', async () => {
    const choices = [clean, hidden, clean].map((content, index) => ({
      index,
      message: { role: 'assistant', content },
      logprobs: { content: tokens(content, 4, clean) },
      finish_reason: 'stop',
    }))
    gateway.upstream.respond(json({ choices }))
    const answer = await gateway.send(chat, prompt('hi'), { app: 'redact' })
    const [first, , third] = choices.map((choice) => JSON.stringify(choice))
    const content = hidden.replace(needle, '[REDACTED]')
    const second = JSON.stringify({ ...choices[1], message: { role: 'assistant', content }, logprobs: null })
    expect(answer.text()).toBe(`{"choices":[${first},${second},${third}]}`)
  })

  test('annotations and the echo of a prompt are judged and edited alike', async () => {
    const value = (said: string): JsonObject => ({
      choices: [
        {
          index: 0,
          message: {
            role: 'assistant',
            content: said,
            annotations: [{ type: 'url_citation', url_citation: { title: said, url: 'https://example.com/' } }],
          },
          text: `${said} ${said}`,
          finish_reason: 'stop',
        },
      ],
    })
    for (const path of [chat, completions]) {
      gateway.upstream.respond(json(value(hidden)))
      const asked = path === chat ? prompt('hi') : { model: 'm', prompt: 'hi', echo: true }
      const answer = await gateway.send(path, asked, { app: 'redact' })
      expect(answer.json()).toEqual(value(hidden.replace(needle, '[REDACTED]')))
    }
  })
})
