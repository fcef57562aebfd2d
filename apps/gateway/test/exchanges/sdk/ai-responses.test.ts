import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createOpenAI } from '@ai-sdk/openai'
import { generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 4 })
  sluice = await startSluice({
    upstream: provider.url,
    apps: { app: { policies: ['block'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'block', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' }],
    },
  })
  const { mock } = provider
  mock.on({ toolCallId: 'call_1' }, { content: 'It rains.' })
  mock.onMessage('weather', { toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"London"}' }] })
  mock.onMessage('event', { content: '{"name":"Fair","day":3}' })
  mock.onMessage('hello', { content: 'Hi 😀 there', usage: { input_tokens: 7, output_tokens: 3 } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** The provider of `ai` that speaks the Responses API, which is what it does unless told otherwise. */
const model = () =>
  createOpenAI({
    baseURL: `${sluice.url}/v1`,
    apiKey: 'sk-test',
    headers: { 'X-Detection-Key': sluice.key() },
  })('gpt-4o')

const weather = tool({
  description: 'Get current weather for a city',
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
  execute: async ({ city }) => ({ city, sky: 'rain' }),
})

test('generateText', async () => {
  const { text, usage, finishReason, response } = await generateText({
    model: model(),
    instructions: 'be brief',
    prompt: 'hello',
  })
  expect([text, finishReason]).toEqual(['Hi 😀 there', 'stop'])
  expect(usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
  const event = await sluice.eventOf(response.headers?.['x-sluice-exchange-id'] ?? '')
  expect(event.data).toMatchObject({ outcome: 'forwarded', operation: 'responses.create', stream: false })
})

test('streamText', async () => {
  const result = streamText({ model: model(), prompt: 'hello' })
  const pieces = await all(result.textStream)
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.join('')).toBe('Hi 😀 there')
  expect(await result.finishReason).toBe('stop')
  expect(await result.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
})

test('a tool call, run and answered, whole and streamed', async () => {
  const asked = { prompt: 'weather?', tools: { get_weather: weather }, stopWhen: stepCountIs(2) }
  const whole = await generateText({ model: model(), ...asked })
  expect(whole.steps[0]?.toolCalls).toMatchObject([{ toolName: 'get_weather', input: { city: 'London' } }])
  expect(whole.text).toBe('It rains.')
  const streamed = streamText({ model: model(), ...asked })
  expect((await all(streamed.textStream)).join('')).toBe('It rains.')
  const [first] = await streamed.steps
  expect(first?.toolResults).toMatchObject([{ output: { city: 'London', sky: 'rain' } }])
})

test('structured output', async () => {
  const { output } = await generateText({
    model: model(),
    prompt: 'event?',
    output: Output.object({
      schema: jsonSchema<{ name: string; day: number }>({
        type: 'object',
        properties: { name: { type: 'string' }, day: { type: 'integer' } },
        required: ['name', 'day'],
        additionalProperties: false,
      }),
    }),
  })
  expect(output).toEqual({ name: 'Fair', day: 3 })
})

test('a blocked request is a filtered one, whole and streamed', async () => {
  const before = provider.requests.length
  const text = 'Content blocked due to policy violations'
  const prompt = 'My card is 4111 1111 1111 1111.'
  const whole = await generateText({ model: model(), prompt, maxRetries: 0 })
  expect([whole.text, whole.finishReason]).toEqual([text, 'content-filter'])
  const streamed = streamText({ model: model(), prompt, maxRetries: 0 })
  expect((await all(streamed.textStream)).join('')).toBe(text)
  expect(await streamed.finishReason).toBe('content-filter')
  expect(provider.requests.length).toBe(before)
})
