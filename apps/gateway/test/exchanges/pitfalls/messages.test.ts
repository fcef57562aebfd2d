import { describe, expect, test } from 'bun:test'
import type { JsonObject } from '@sluice/core'
import { json, type RawResponse, sse } from '@sluice/testing'
import { message, messageStream } from './messages.ts'
import { detectors, needle, needleType, policies } from './needle.ts'
import { served, verdict } from './served.ts'

const gateway = served({
  adapters: ['@sluice/adapter-anthropic'],
  apps: { open: {}, out: { policies: ['block-out'] }, in: { policies: ['block-in'] } },
  config: { plugins: detectors, policies },
})
const tool = { name: 'pay', input_schema: { type: 'object' } }
const request: JsonObject = { model: 'claude-sonnet-4-6', max_tokens: 9, messages: [], tools: [tool] }
const half = needle.length / 2

/** Where in a message a needle may stand. */
const holding: Readonly<Record<string, readonly JsonObject[]>> = {
  'a text': [{ type: 'text', text: `Say ${needle} now.` }],
  'two texts': [
    { type: 'text', text: `Say ${needle.slice(0, half)}` },
    { type: 'text', text: `${needle.slice(half)} now.` },
  ],
  'a thought': [{ type: 'thinking', thinking: `I know ${needle}.`, signature: '' }],
  'the input of a call': [{ type: 'tool_use', id: 'toolu_1', name: 'pay', input: { card: needle, to: ['x'] } }],
  'a number of an input': [{ type: 'tool_use', id: 'toolu_1', name: 'pay', input: { n: 4111111111111111 } }],
  'a name in an input': [{ type: 'tool_use', id: 'toolu_1', name: 'pay', input: { [needle]: true } }],
  'what a tool of the provider brought': [
    {
      type: 'web_search_tool_result',
      tool_use_id: 's',
      content: [{ type: 'web_search_result', title: needle, url: 'u' }],
    },
  ],
  'a block nobody knows': [{ type: 'hologram', light: { waves: [`a ${needle} b`] } }],
}

async function ask(body: string, app: string, stream: boolean): Promise<RawResponse> {
  gateway.upstream.respond(stream ? sse([body]) : json(body))
  return gateway.send('/v1/messages', { ...request, stream }, { app })
}

// https://github.com/aisix-ai/aisix/issues/204
describe('3 stream: true is a way round', () => {
  test.each(Object.keys(holding))('the same detections of %s, streamed in pieces and whole', async (place) => {
    const whole = message(holding[place] ?? [])
    const answers = [
      await ask(JSON.stringify(whole), 'open', false),
      await ask(messageStream(whole, 3), 'open', true),
      await ask(messageStream(whole, 64), 'open', true),
    ]
    const [first, ...streams] = await gateway.records(answers)
    expect(first?.detections.map(({ type }) => type)).toContain(needleType)
    for (const stream of streams) {
      if (place === 'a block nobody knows') {
        expect(stream.detections.map(({ type }) => type)).toContain(needleType)
      } else expect(verdict(stream)).toEqual(verdict(first ?? stream))
    }
  })

  test.each(Object.keys(holding))(
    '%s is blocked in a whole answer, and on record as what would have been in a stream',
    async (place) => {
      const whole = message(holding[place] ?? [])
      const answer = await ask(JSON.stringify(whole), 'out', false)
      expect(answer.json()).toMatchObject({ stop_reason: 'refusal' })
      const streamed = await ask(messageStream(whole, 3), 'out', true)
      expect(streamed.text()).toBe(messageStream(whole, 3))
      expect(await gateway.record(streamed)).toMatchObject({ action: 'BLOCK', effectiveAction: 'LOG' })
    },
  )
})

describe('54 a value cut in two between parts that the provider joins', () => {
  test.each([
    ['blocks of a message', [{ role: 'user', content: halves() }]],
    ['blocks of a result', [{ role: 'user', content: [{ type: 'tool_result', tool_use_id: 't', content: halves() }] }]],
  ])('%s', async (_, messages) => {
    const answer = await gateway.send('/v1/messages', { ...request, messages }, { app: 'in' })
    expect(answer.json()).toMatchObject({ stop_reason: 'refusal' })
  })

  test('blocks of the system prompt', async () => {
    const answer = await gateway.send('/v1/messages', { ...request, system: halves() }, { app: 'in' })
    expect(answer.json()).toMatchObject({ stop_reason: 'refusal' })
  })
})

function halves(): JsonObject[] {
  return [needle.slice(0, half), needle.slice(half)].map((text) => ({ type: 'text', text }))
}

// What only the provider can read is taken back where this AppContext was given it, and refused where it was not.
describe('43, 44 content that is sealed', () => {
  const seal = (first: number) => Buffer.from([0, first, 1, 2, 3, 0xff, 0xfe, 4, 5]).toString('base64')
  const back = (data: string): JsonObject => ({
    ...request,
    messages: [
      { role: 'user', content: 'x' },
      { role: 'assistant', content: [{ type: 'redacted_thinking', data }] },
      { role: 'user', content: 'y' },
    ],
  })

  test.each([
    ['whole', 1],
    ['streamed', 2],
  ] as const)('a redacted thought that came %s', async (how, first) => {
    const data = seal(first)
    const unknown = await gateway.send('/v1/messages', back(data), { app: 'in' })
    expect(unknown.status).toBe(403)
    const thought = message([{ type: 'redacted_thinking', data }])
    const streams = how === 'streamed'
    await gateway.record(await ask(streams ? messageStream(thought, 8) : JSON.stringify(thought), 'in', streams))
    gateway.upstream.respond(json(JSON.stringify(message([{ type: 'text', text: 'ok' }]))))
    expect((await gateway.send('/v1/messages', back(data), { app: 'in' })).status).toBe(200)
    expect((await gateway.send('/v1/messages', back(data), { app: 'out' })).status).toBe(403)
  })
})
