import { afterAll, beforeAll, expect, test } from 'bun:test'
import type OpenAI from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { clientOf, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

const weather: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: {
    name: 'get_weather',
    description: 'Get current weather for a city',
    strict: true,
    parameters: {
      type: 'object',
      properties: { city: { type: 'string' } },
      required: ['city'],
      additionalProperties: false,
    },
  },
}
const time: OpenAI.ChatCompletionTool = {
  type: 'function',
  function: { name: 'get_time', parameters: { type: 'object' } },
}
const ask = (content: string) => ({ model: 'gpt-4', messages: [{ role: 'user' as const, content }] })
const fixed = { id: 'chatcmpl-1', created: 1700000000 }
const both = [
  { id: 'call_1', name: 'get_weather', arguments: '{"city":"London ☂"}' },
  { id: 'call_2', name: 'get_time', arguments: '{"zone":"Europe/London"}' },
]

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 5 })
  sluice = await startSluice({ upstream: provider.url })
  const { mock } = provider
  mock.on({ toolCallId: 'call_1' }, { ...fixed, content: 'Rain, as ever.' })
  mock.onMessage('weather and time', { ...fixed, toolCalls: both })
  mock.onMessage('weather', { ...fixed, toolCalls: both.slice(0, 1) })
  mock.on({ userMessage: 'event', responseFormat: 'json_schema' }, { ...fixed, content: { name: 'Fair', day: 3 } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

test('a tool call, and its result sent back', async () => {
  const request = { ...ask('weather?'), tools: [weather], tool_choice: 'auto' as const }
  const { first, second } = await sameAsDirect(provider, sluice, async (client) => {
    const first = await client.chat.completions.create(request)
    const [choice] = first.choices
    if (choice === undefined) throw new Error('no choice')
    const result = { role: 'tool' as const, tool_call_id: 'call_1', content: '{"sky":"rain"}' }
    const second = await client.chat.completions.create({
      ...request,
      messages: [...request.messages, choice.message, result],
    })
    return { first, second }
  })
  expect(first.choices[0]).toMatchObject({
    message: { tool_calls: [{ id: 'call_1', function: { name: 'get_weather', arguments: '{"city":"London ☂"}' } }] },
    finish_reason: 'tool_calls',
  })
  expect(second.choices[0]?.message.content).toBe('Rain, as ever.')
})

test('parallel tool calls', async () => {
  const { data, response } = await clientOf(sluice)
    .chat.completions.create({ ...ask('weather and time'), tools: [weather, time], parallel_tool_calls: true })
    .withResponse()
  expect(data.choices[0]?.message.tool_calls).toMatchObject(
    both.map(({ id, name, arguments: text }) => ({ id, type: 'function', function: { name, arguments: text } })),
  )
  const event = await sluice.eventOf(response)
  expect(event.data.toolCalls).toEqual(both.map(({ id, name }) => ({ name, callId: id, choice: 0 })))
})

test('parallel tool calls, streamed: the helper puts them together, and the record has them too', async () => {
  const request = { ...ask('weather and time'), tools: [weather, time] }
  const { done, final } = await sameAsDirect(provider, sluice, async (client) => {
    const done: unknown[] = []
    const stream = client.chat.completions.stream(request)
    stream.on('tool_calls.function.arguments.done', (call) => done.push(call))
    return { final: await stream.finalChatCompletion(), done }
  })
  expect(done).toMatchObject(both.map(({ name, arguments: text }, index) => ({ index, name, arguments: text })))
  expect(final.choices[0]?.message.tool_calls).toMatchObject(
    both.map(({ id, name, arguments: text }) => ({ id, function: { name, arguments: text } })),
  )
  const { data, response } = await clientOf(sluice)
    .chat.completions.create({ ...request, stream: true })
    .withResponse()
  for await (const chunk of data) expect(chunk.id).toBe('chatcmpl-1')
  const event = await sluice.eventOf(response)
  expect(event.data).toMatchObject({ stream: true, outcome: 'forwarded' })
  expect(event.data.toolCalls).toEqual(both.map(({ id, name }) => ({ name, callId: id, choice: 0 })))
})

test('the `.runTools()` helper goes through its rounds', async () => {
  const cities: unknown[] = []
  const content = await sameAsDirect(provider, sluice, async (client) => {
    const runner = client.chat.completions.runTools({
      ...ask('weather?'),
      tools: [
        {
          type: 'function',
          function: {
            name: 'get_weather',
            description: 'Get current weather for a city',
            parameters: { type: 'object', properties: { city: { type: 'string' } } },
            function: (args: string) => {
              cities.push(JSON.parse(args))
              return 'rain'
            },
          },
        },
      ],
    })
    return runner.finalContent()
  })
  expect(content).toBe('Rain, as ever.')
  expect(cities).toEqual([{ city: 'London ☂' }, { city: 'London ☂' }])
})

test('structured output: `.parse()` with a JSON schema', async () => {
  const request = {
    ...ask('event?'),
    response_format: {
      type: 'json_schema' as const,
      json_schema: {
        name: 'event',
        strict: true,
        schema: {
          type: 'object',
          properties: { name: { type: 'string' }, day: { type: 'integer' } },
          required: ['name', 'day'],
          additionalProperties: false,
        },
      },
    },
  }
  const whole = await sameAsDirect(provider, sluice, (client) => client.chat.completions.parse(request))
  expect(whole.choices[0]?.message.parsed).toEqual({ name: 'Fair', day: 3 })
  const streamed = await sameAsDirect(provider, sluice, (client) =>
    client.chat.completions.stream(request).finalChatCompletion(),
  )
  expect(streamed.choices[0]?.message.parsed).toEqual({ name: 'Fair', day: 3 })
})
