import { describe, expect, test } from 'bun:test'
import { createOpenAI } from '@ai-sdk/openai'
import { ChatOpenAI } from '@langchain/openai'
import { sse } from '@sluice/testing'
import { streamText } from 'ai'
import { all, clientOf } from '../sdk/client.ts'
import { chunks, frame, prompt, usage } from './answers.ts'
import { detectors, needle, needleType } from './needle.ts'
import { found, served } from './served.ts'

const gateway = served({ config: { plugins: detectors } })
const chat = '/v1/chat/completions'
const call = { id: 'call_1', name: 'get_weather', input: '{"city":"Oslo"}' }
const frames = [...chunks([{ content: 'Hello 你 there', calls: [call] }], { usage }).map(frame), 'data: [DONE]\n\n']

/** Where a server puts its sign of life: between frames, before the first, behind the last, inside one. */
const streams: Readonly<Record<string, string>> = {
  'a comment before every frame': frames.map((text) => `: ping\n${text}`).join(''),
  'many in a row': frames.map((text) => `${': ping\n'.repeat(50)}${text}`).join(''),
  'comments without a word': frames.map((text) => `:\n${text}`).join(''),
  'with a carriage return': frames.map((text) => `: ping\r\n${text}`).join(''),
  'between the fields of an event': frames.map((text) => `event: message\n: ping\n${text}`).join(''),
  'behind the last word': `${frames.join('')}: ping\n`,
  // What other gateways send. A provider that does so is passed on as it is.
  'with a blank line': frames.map((text) => `: ping\n\n${text}`).join(''),
}

interface Heard {
  readonly content: string
  readonly finish: unknown
}

/** The official client in its two ways, and the two that most applications have besides. */
const clients: Readonly<Record<string, () => Promise<Heard>>> = {
  'the official client, in a loop': async () => {
    const client = clientOf(gateway.sluice)
    const heard = await all(
      await client.chat.completions.create({ model: 'm', messages: [{ role: 'user', content: 'hi' }], stream: true }),
    )
    const choices = heard.flatMap((chunk) => chunk.choices)
    return {
      content: choices.map(({ delta }) => delta.content ?? '').join(''),
      finish: choices.at(-1)?.finish_reason,
    }
  },
  'the official client, in its helper': async () => {
    const stream = clientOf(gateway.sluice).chat.completions.stream({
      model: 'm',
      messages: [{ role: 'user', content: 'hi' }],
    })
    const [choice] = (await stream.finalChatCompletion()).choices
    return { content: choice?.message.content ?? '', finish: choice?.finish_reason }
  },
  ai: async () => {
    const openai = createOpenAI({
      baseURL: `${gateway.sluice.url}/v1`,
      apiKey: 'sk-test',
      headers: { 'X-Detection-Key': gateway.sluice.key() },
    })
    const result = streamText({ model: openai.chat('m'), prompt: 'hi' })
    const content = (await all(result.textStream)).join('')
    return { content, finish: (await result.finishReason).replace('-', '_') }
  },
  LangChain: async () => {
    const configuration = {
      baseURL: `${gateway.sluice.url}/v1`,
      defaultHeaders: { 'X-Detection-Key': gateway.sluice.key() },
    }
    const model = new ChatOpenAI({ model: 'm', apiKey: 'sk-test', maxRetries: 0, configuration })
    const pieces = await all(await model.stream('hi'))
    const finishes = pieces.map(({ response_metadata }) => response_metadata['finish_reason'])
    return { content: pieces.map(({ content }) => content).join(''), finish: finishes.find((finish) => finish) }
  },
}

// https://github.com/theopenco/llmgateway/pull/2334
describe('28 a keep-alive comment with a blank line crashes a client', () => {
  describe.each(Object.entries(streams))('%s', (_, stream) => {
    test('relayed as it came, and read', async () => {
      gateway.upstream.respond(sse(stream, { split: 13 }))
      const answer = await gateway.send(chat, prompt('hi', { stream: true }))
      expect(answer.text()).toBe(stream)
      expect(await gateway.record(answer)).toMatchObject({
        outcome: 'forwarded',
        toolCalls: [{ name: 'get_weather' }],
        usage: { inputTokens: 9, outputTokens: 12 },
      })
    })

    test.each(Object.entries(clients))('%s reads on', async (_, read) => {
      gateway.upstream.respond(sse(stream, { split: 13 }))
      expect(await read()).toEqual({ content: 'Hello 你 there', finish: 'tool_calls' })
    })
  })

  test('the gateway adds none while the provider is silent', async () => {
    gateway.upstream.respond(sse(frames, { delayMs: 20 }))
    const answer = await gateway.send(chat, prompt('hi', { stream: true }))
    expect(answer.text()).toBe(frames.join(''))
  })

  test('a needle in a comment is found', async () => {
    gateway.upstream.respond(sse(`: about ${needle}\n${frames.join('')}`))
    const answer = await gateway.send(chat, prompt('hi', { stream: true }))
    expect(found(await gateway.record(answer))).toContainEqual(expect.objectContaining({ type: needleType }))
  })
})
