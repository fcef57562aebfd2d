import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { json, sse, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, chunk, completion, done, email, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { open: {}, strict: { policies: ['cards', 'names'] } },
    config: {
      plugins: [
        { use: '@sluice/detector-pii' },
        {
          use: '@sluice/tool-filter-rules',
          options: { deny: ['secret_*'], denyCapabilities: ['SHELL_EXECUTION', 'DATABASE_WRITE'] },
        },
      ],
      policies: [
        { id: 'cards', match: { types: ['FINANCIAL_*'], tools: ['charge'] }, action: 'BLOCK' },
        { id: 'names', match: { types: ['PII_EMAIL'], lifecycle: ['EGRESS'] }, action: 'BLOCK' },
      ],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
beforeEach(() => {
  upstream.requests.length = 0
})

/** The page's own example. */
const weather = {
  type: 'function' as const,
  function: {
    name: 'get_weather',
    description: 'Get current weather for a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}
const named = (name: string, description = 'Does something.') => ({
  type: 'function' as const,
  function: { name, description, parameters: { type: 'object', properties: { input: { type: 'string' } } } },
})
const ask = { ...prompt("What's the weather in London?"), tools: [weather] }
const call = (name: string, input: object, id = 'call_1') => ({
  id,
  type: 'function',
  function: { name, arguments: JSON.stringify(input) },
})
const calling = (...tool_calls: object[]) => completion({ tool_calls }, 'tool_calls')

test(says('OpenAI function calling and tool use works through the proxy.'), async () => {
  upstream.respond(json(calling(call('get_weather', { city: 'London' }))))
  const client = new OpenAI({
    apiKey: 'sk-your-openai-key',
    baseURL: `${sluice.url}/v1`,
    defaultHeaders: { 'X-Detection-Key': sluice.key() },
  })
  const response = await client.chat.completions.create(ask)
  expect<unknown>(response.choices[0]?.message.tool_calls).toEqual([call('get_weather', { city: 'London' })])
  expect(upstream.requests[0]?.json()).toEqual(ask)
})

test(says('Sluice inspects tool definitions in your request and tool calls in the response.'), async () => {
  const lookup = named('lookup', `Finds the owner of ${card}.`)
  upstream.respond(json(calling(call('lookup', { mail: email }))))
  const response = await sluice.post('/v1/chat/completions', { ...ask, tools: [weather, lookup] })
  const { data } = await sluice.eventOf(response)
  expect(data.detections).toMatchObject([
    { type: 'FINANCIAL_CARD_NUMBER', lifecycle: 'INGRESS', kind: 'tool-definition', tool: 'lookup' },
    { type: 'PII_EMAIL', lifecycle: 'EGRESS', kind: 'tool-arguments', tool: 'lookup' },
  ])
})

test(says('Request side: Sluice reads the tools[] array in your request.'), async () => {
  upstream.respond(json(completion({ content: 'Done.' })))
  const description = `Charges ${card}.`
  const charge = named('charge', description)
  // The same text stands there, but not in a tool of that name.
  const other = await sluice.post(
    '/v1/chat/completions',
    { ...ask, tools: [named('refund', description)] },
    { app: 'strict' },
  )
  expect(await other.json()).toMatchObject({ choices: [{ finish_reason: 'stop' }] })
  const blocked = await sluice.post('/v1/chat/completions', { ...ask, tools: [weather, charge] }, { app: 'strict' })
  expect(await blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  expect(upstream.requests).toHaveLength(1)
})

const shell = named('run_shell_command', 'Runs a shell command on the host.')
const sql = named('execute_sql', 'Runs any SQL statement against the production database.')

test(
  says(
    'If a policy blocks specific tools (e.g. shell execution, database writes), those tools are filtered from the request before it reaches OpenAI.',
  ),
  async () => {
    upstream.respond(json(completion({ content: 'Sunny.' })))
    const secret = named('secret_door')
    const { tools: _, ...rest } = ask
    const body = `{"tools":[${[shell, weather, sql, secret].map((tool) => JSON.stringify(tool)).join(' , ')}],${JSON.stringify(rest).slice(1)}`
    const response = await sluice.post('/v1/chat/completions', body)
    expect(await response.json()).toEqual(completion({ content: 'Sunny.' }))
    const [request] = upstream.requests
    expect(request?.json()).toEqual({ ...rest, tools: [weather] })
    // What stays is not written anew.
    expect(request?.text()).toContain(JSON.stringify(weather))
    const { data } = await sluice.eventOf(response)
    expect(data.toolsRemoved).toMatchObject([
      { name: 'run_shell_command', code: 'TOOL_CAPABILITY_DENIED' },
      { name: 'execute_sql', code: 'TOOL_CAPABILITY_DENIED' },
      { name: 'secret_door', code: 'TOOL_DENIED_BY_NAME' },
    ])
  },
)

test(
  says(
    'If a policy blocks specific tools (e.g. shell execution, database writes), those tools are filtered from the request before it reaches OpenAI.',
    'with the last tool goes what only makes sense with tools',
  ),
  async () => {
    upstream.respond(json(completion({ content: 'Sunny.' })))
    const { tools: _, ...rest } = ask
    await sluice.post('/v1/chat/completions', {
      ...rest,
      tools: [shell, sql],
      tool_choice: 'required',
      parallel_tool_calls: false,
    })
    expect(upstream.requests[0]?.json()).toEqual(rest)
  },
)

test(
  says('Response side: Sluice extracts tool_calls[] from the response (choices[0].message.tool_calls).'),
  async () => {
    const answer = calling(call('get_weather', { city: 'London' }), call('get_weather', { city: 'Oslo' }, 'call_2'))
    upstream.respond(json(answer))
    const response = await sluice.post('/v1/chat/completions', ask)
    expect(await response.json()).toEqual(answer)
    expect((await sluice.eventOf(response)).data.toolCalls).toEqual([
      { name: 'get_weather', callId: 'call_1', choice: 0 },
      { name: 'get_weather', callId: 'call_2', choice: 0 },
    ])
  },
)

test(says("Each tool call's function.name and function.arguments are inspected against detection rules."), async () => {
  const tools = [weather, named('charge'), named(email)]
  const calls = {
    arguments: call('charge', { to: { card } }),
    name: call(email, {}),
  }
  for (const [where, leaking] of Object.entries(calls)) {
    upstream.respond(json(calling(call('get_weather', { city: 'Oslo' }, 'call_0'), leaking)))
    const blocked = await sluice.post('/v1/chat/completions', { ...ask, tools }, { app: 'strict' })
    expect(await blocked.json()).toMatchObject({
      choices: [{ message: { content: 'Content blocked due to policy violations' }, finish_reason: 'content_filter' }],
    })
    const { data } = await sluice.eventOf(blocked)
    expect(data).toMatchObject({ outcome: 'blocked', upstream: { status: 200 }, action: 'BLOCK' })
    const found = data.detections.filter(({ lifecycle }) => lifecycle === 'EGRESS')
    expect(found.map(({ kind }) => kind)).toContain(where === 'name' ? 'tool-name' : 'tool-arguments')
  }
})

const streamedCall = [
  chunk({
    role: 'assistant',
    content: null,
    tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'charge', arguments: '' } }],
  }),
  ...['{"card', '":"4111 11', '11 1111 ', '1111"', '}'].map((text) =>
    chunk({ tool_calls: [{ index: 0, function: { arguments: text } }] }),
  ),
  chunk({}, 'tool_calls'),
  done,
]

test(says('Streaming: During streaming, tool call chunks (delta.tool_calls) are accumulated.'), async () => {
  upstream.respond(sse(streamedCall))
  const response = await sluice.post('/v1/chat/completions', { ...ask, tools: [named('charge')], stream: true })
  expect(await response.text()).toBe(streamedCall.join(''))
  const { data } = await sluice.eventOf(response)
  expect(data.toolCalls).toEqual([{ name: 'charge', callId: 'call_1', choice: 0 }])
  expect(data.segments.inspected).toContainEqual({
    direction: 'egress',
    kind: 'tool-arguments',
    segments: 1,
    chars: JSON.stringify({ card }).length,
  })
})

test(says('Detection runs on the complete tool call after the stream finishes.'), async () => {
  upstream.respond(sse(streamedCall))
  const body = { ...ask, tools: [named('charge')], stream: true }
  const response = await sluice.post('/v1/chat/completions', body, { app: 'strict' })
  expect(await response.text()).toBe(streamedCall.join(''))
  const { data } = await sluice.eventOf(response)
  const start = '{"card":"'.length
  expect(data.detections).toMatchObject([
    {
      type: 'FINANCIAL_CARD_NUMBER',
      lifecycle: 'EGRESS',
      kind: 'tool-arguments',
      tool: 'charge',
      start,
      end: start + card.length,
    },
  ])
  expect([data.action, data.effectiveAction]).toEqual(['BLOCK', 'LOG'])
})
