import { afterAll, beforeAll, expect, test } from 'bun:test'
import type Anthropic from '@anthropic-ai/sdk'
import { generateText, jsonSchema, stepCountIs, streamText, tool } from 'ai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { ANTHROPIC, aiAnthropic, anthropicOf, sameAsDirect } from './anthropic-client.ts'
import { all } from './client.ts'

let provider: Provider
let sluice: TestSluice

const said = 'Hi 😀 你好, nothing is lost on the way.'
const hello = { model: 'claude-sonnet-4-6', max_tokens: 100, messages: [{ role: 'user' as const, content: 'hello' }] }
const tools: Anthropic.Tool[] = [
  {
    name: 'get_weather',
    description: 'Get current weather for a city',
    input_schema: { type: 'object', properties: { city: { type: 'string' } } },
  },
]

beforeAll(async () => {
  // Four UTF-16 units a chunk: the 😀 is cut in two.
  provider = await startProvider({ chunkSize: 4 })
  sluice = await startSluice({
    upstream: provider.url,
    adapters: [ANTHROPIC],
    config: { plugins: [{ use: '@sluice/detector-pii' }] },
  })
  const { mock } = provider
  mock.on({ toolCallId: 'toolu_1' }, { content: 'It rains.' })
  mock.onMessage('weather', { toolCalls: [{ id: 'toolu_1', name: 'get_weather', arguments: '{"city":"London"}' }] })
  mock.onMessage('think', { content: 'Done.', reasoning: 'I think about it for a while.' })
  mock.onMessage('hello', { content: said, id: 'msg_1', usage: { input_tokens: 7, output_tokens: 3 } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

test('a whole message', async () => {
  const message = await sameAsDirect(provider, sluice, (client) => client.messages.create(hello))
  expect(message).toMatchObject({ content: [{ type: 'text', text: said }], stop_reason: 'end_turn' })
})

test('members of the request that nobody knows, and numbers as they were spelled, reach the provider', async () => {
  const request = { ...hello, top_k: 40, not_yet_invented: { x: [1e21, null] } }
  await sameAsDirect(provider, sluice, (client) => client.messages.create(request))
  expect(provider.last().json()).toMatchObject({ not_yet_invented: { x: [1e21, null] } })
})

test('a streamed message: the same events in the same order, and the helper puts them together', async () => {
  const events = await sameAsDirect(provider, sluice, async (client) =>
    all(await client.messages.create({ ...hello, stream: true })),
  )
  expect(events.map(({ type }) => type)).toContain('content_block_delta')
  const message = await sameAsDirect(provider, sluice, (client) => client.messages.stream(hello).finalMessage())
  expect(message.content).toMatchObject([{ type: 'text', text: said }])
})

test('the record of a stream says what the record of a whole message says', async () => {
  const client = anthropicOf(sluice)
  const ask = async (stream: boolean) => {
    const { response } = await client.messages
      .create({ ...hello, stream, metadata: { user_id: 'person-1' } })
      .withResponse()
    if (stream) await response.text()
    return (await sluice.eventOf(response)).data
  }
  const [whole, streamed] = [await ask(false), await ask(true)]
  expect(whole).toMatchObject({
    outcome: 'forwarded',
    adapter: ANTHROPIC,
    operation: 'messages.create',
    model: 'claude-sonnet-4-6',
    usage: { inputTokens: 7, outputTokens: 3 },
    actor: { from: 'body', identity: 'BASIC' },
  })
  expect(streamed.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
  expect([whole.stream, streamed.stream]).toEqual([false, true])
  expect(streamed.segments.inspected).toEqual(whole.segments.inspected)
})

test('thinking', async () => {
  const request = {
    ...hello,
    max_tokens: 2000,
    thinking: { type: 'enabled' as const, budget_tokens: 1024 },
    messages: [{ role: 'user' as const, content: 'think' }],
  }
  const message = await sameAsDirect(provider, sluice, async (client) => {
    const { content } = await client.messages.stream(request).finalMessage()
    return content
  })
  expect(message).toMatchObject([{ type: 'thinking', thinking: 'I think about it for a while.' }, { text: 'Done.' }])
})

test('a tool call, answered', async () => {
  const client = anthropicOf(sluice)
  const messages: Anthropic.MessageParam[] = [{ role: 'user', content: 'weather?' }]
  const call = await client.messages.stream({ ...hello, tools, messages }).finalMessage()
  const [block] = call.content
  expect(block).toMatchObject({ type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'London' } })
  messages.push(
    { role: 'assistant', content: call.content },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: 'rain' }] },
  )
  const { data, response } = await client.messages.create({ ...hello, tools, messages }).withResponse()
  expect(data.content).toMatchObject([{ text: 'It rains.' }])
  const { segments } = (await sluice.eventOf(response)).data
  expect(segments.inspected.map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['user', 'tool-name', 'tool-arguments', 'tool-result', 'tool-definition', 'assistant']),
  )
})

test('counting tokens', async () => {
  provider.once('/v1/messages/count_tokens', { body: '{"input_tokens": 14}' })
  const { model, messages } = hello
  const counted = await anthropicOf(sluice).messages.countTokens({ model, messages, system: 'be brief' })
  expect(counted).toEqual({ input_tokens: 14 })
})

const weather = tool({
  description: 'Get current weather for a city',
  inputSchema: jsonSchema<{ city: string }>({ type: 'object', properties: { city: { type: 'string' } } }),
  execute: async ({ city }) => ({ city, sky: 'rain' }),
})

test('`ai`: generateText and streamText, with a tool that is run', async () => {
  const model = aiAnthropic(sluice)('claude-sonnet-4-6')
  const { text, usage } = await generateText({ model, prompt: 'hello' })
  expect([text, usage.inputTokens, usage.outputTokens]).toEqual([said, 7, 3])
  const streamed = streamText({
    model,
    prompt: 'weather?',
    tools: { get_weather: weather },
    stopWhen: stepCountIs(2),
  })
  expect((await all(streamed.textStream)).join('')).toBe('It rains.')
  const [first] = await streamed.steps
  expect(first?.toolResults).toMatchObject([{ output: { city: 'London', sky: 'rain' } }])
})
