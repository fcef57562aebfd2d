import { afterAll, beforeAll, expect, test } from 'bun:test'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { all, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 4 })
  sluice = await startSluice({ upstream: provider.url, apps: { app: {}, models: { allowedModels: ['gpt-4o'] } } })
  const { mock } = provider
  mock.onMessage('weather', { toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"London"}' }] })
  mock.onMessage('hello', { content: 'Hi 😀 there', usage: { prompt_tokens: 7, completion_tokens: 3 } })
  mock.onEmbedding('vector', { embedding: [0.5, -1] })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const configuration = (app?: string) => ({
  baseURL: `${sluice.url}/v1`,
  defaultHeaders: { 'X-Detection-Key': sluice.key(app) },
})

const chat = (app?: string) =>
  new ChatOpenAI({ model: 'gpt-4', apiKey: 'sk-test', maxRetries: 0, configuration: configuration(app) })

const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Get current weather for a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

test('invoke', async () => {
  const message = await chat().invoke('hello')
  expect(message.content).toBe('Hi 😀 there')
  expect(message.usage_metadata).toMatchObject({ input_tokens: 7, output_tokens: 3 })
})

test('stream', async () => {
  const pieces = await all(await chat().stream('hello'))
  expect(pieces.length).toBeGreaterThan(2)
  expect(pieces.map(({ content }) => content).join('')).toBe('Hi 😀 there')
})

test('a tool call, whole and streamed', async () => {
  const model = chat().bindTools([weather])
  const call = { id: 'call_1', name: 'get_weather', args: { city: 'London' } }
  expect((await model.invoke('weather?')).tool_calls).toMatchObject([call])
  const [first, ...rest] = await all(await model.stream('weather?'))
  const joined = rest.reduce((sum, piece) => sum?.concat(piece), first)
  expect(joined?.tool_calls).toMatchObject([call])
  const streamed = await waitFor('the record of the stream', async () =>
    (await sluice.events(0)).find(({ data }) => data.stream && data.toolCalls.length > 0),
  )
  expect(streamed.data.toolCalls).toEqual([{ name: 'get_weather', callId: 'call_1', choice: 0 }])
})

test('embeddings', async () => {
  const embeddings = new OpenAIEmbeddings({
    model: 'text-embedding-3-small',
    apiKey: 'sk-test',
    configuration: configuration(),
  })
  expect(await embeddings.embedQuery('vector')).toEqual([0.5, -1])
})

test("a refusal of the gateway's is an error", async () => {
  const error = await failure(chat('models').invoke('hello'))
  expect(error).toMatchObject({ status: 403 })
  expect(String(error)).toContain('not permitted by your API key')
})
