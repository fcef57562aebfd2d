import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createOpenAI } from '@ai-sdk/openai'
import { APICallError, embed, generateText, jsonSchema, Output, stepCountIs, streamText, tool } from 'ai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 4 })
  sluice = await startSluice({ upstream: provider.url, apps: { app: {}, models: { allowedModels: ['gpt-4o'] } } })
  const { mock } = provider
  mock.on({ toolCallId: 'call_1' }, { content: 'It rains.' })
  mock.onMessage('weather', { toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"London"}' }] })
  mock.on({ userMessage: 'event', responseFormat: 'json_schema' }, { content: { name: 'Fair', day: 3 } })
  mock.onMessage('hello', { content: 'Hi 😀 there', usage: { prompt_tokens: 7, completion_tokens: 3 } })
  mock.onEmbedding('vector', { embedding: [0.5, -1] })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** `ai` as an application has it: base URL and one header are all that is ours. */
const openai = (app?: string) =>
  createOpenAI({
    baseURL: `${sluice.url}/v1`,
    apiKey: 'sk-test',
    headers: { 'X-Detection-Key': sluice.key(app) },
  })

const weather = tool({
  description: 'Get current weather for a city',
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
  execute: async ({ city }) => ({ city, sky: 'rain' }),
})

test('generateText', async () => {
  const { text, usage, finishReason, response } = await generateText({
    model: openai().chat('gpt-4'),
    instructions: 'be brief',
    prompt: 'hello',
  })
  expect([text, finishReason]).toEqual(['Hi 😀 there', 'stop'])
  expect(usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
  const event = await sluice.eventOf(response.headers?.['x-sluice-exchange-id'] ?? '')
  expect(event.data).toMatchObject({ outcome: 'forwarded', operation: 'chat.completions.create', stream: false })
})

test('streamText', async () => {
  const result = streamText({ model: openai().chat('gpt-4'), prompt: 'hello' })
  const pieces = await all(result.textStream)
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.join('')).toBe('Hi 😀 there')
  expect(await result.finishReason).toBe('stop')
  expect(await result.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
})

test('a tool call, run and answered', async () => {
  const result = await generateText({
    model: openai().chat('gpt-4'),
    prompt: 'weather?',
    tools: { get_weather: weather },
    stopWhen: stepCountIs(2),
  })
  expect(result.steps[0]?.toolCalls).toMatchObject([{ toolName: 'get_weather', input: { city: 'London' } }])
  expect(result.text).toBe('It rains.')
})

test('a tool call, streamed', async () => {
  const result = streamText({
    model: openai().chat('gpt-4'),
    prompt: 'weather?',
    tools: { get_weather: weather },
    stopWhen: stepCountIs(2),
  })
  expect((await all(result.textStream)).join('')).toBe('It rains.')
  const [first] = await result.steps
  expect(first?.toolResults).toMatchObject([{ output: { city: 'London', sky: 'rain' } }])
})

test('structured output', async () => {
  const { output } = await generateText({
    model: openai().chat('gpt-4o'),
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

test('embed', async () => {
  const { embedding } = await embed({ model: openai().embedding('text-embedding-3-small'), value: 'vector' })
  expect(embedding).toEqual([0.5, -1])
})

test("a refusal of the gateway's is an error that is not tried again", async () => {
  const before = provider.requests.length
  const error = await failure(generateText({ model: openai('models').chat('gpt-4'), prompt: 'hello', maxRetries: 2 }))
  if (!APICallError.isInstance(error)) throw error
  expect([error.statusCode, error.isRetryable]).toEqual([403, false])
  expect(error.responseBody).toBe('{"error":"The requested model is not permitted by your API key\'s policy."}')
  expect(provider.requests.length).toBe(before)
})
