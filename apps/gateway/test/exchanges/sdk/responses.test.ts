import { afterAll, beforeAll, expect, test } from 'bun:test'
import type OpenAI from 'openai'
import { zodTextFormat } from 'openai/helpers/zod'
import { z } from 'zod'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

const fixed = { id: 'resp_1', created: 1700000000 }
const weather: OpenAI.Responses.FunctionTool = {
  type: 'function',
  name: 'get_weather',
  description: 'Get current weather for a city',
  strict: true,
  parameters: {
    type: 'object',
    properties: { city: { type: 'string' } },
    required: ['city'],
    additionalProperties: false,
  },
}

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 5 })
  sluice = await startSluice({ upstream: provider.url })
  const { mock } = provider
  mock.on({ toolCallId: 'call_1' }, { ...fixed, content: 'Rain, as ever.' })
  mock.onMessage('weather', {
    ...fixed,
    toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"London ☂"}' }],
  })
  mock.onMessage('event', { ...fixed, content: '{"name":"Fair","day":3}' })
  mock.onMessage('think', { ...fixed, reasoning: 'Let me see.', content: 'I thought.' })
  mock.onMessage('hello', { ...fixed, content: 'Hi 😀 there', usage: { input_tokens: 7, output_tokens: 3 } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** What an application makes of a response, without the ids that aimock draws anew for each. */
function saidBy({ output_text, status, model, usage, output }: OpenAI.Responses.Response): object {
  return { output_text, status, model, usage, types: output.map(({ type }) => type) }
}

test('create: a string, and items', async () => {
  for (const input of [
    'hello',
    [{ role: 'user' as const, content: [{ type: 'input_text' as const, text: 'hello' }] }],
  ]) {
    const seen = await sameAsDirect(provider, sluice, async (client) =>
      saidBy(await client.responses.create({ model: 'gpt-4o', instructions: 'be brief', input })),
    )
    expect(seen).toMatchObject({ output_text: 'Hi 😀 there', status: 'completed', types: ['message'] })
  }
})

test('what the provider says is on record as of a generation', async () => {
  const { response } = await clientOf(sluice).responses.create({ model: 'gpt-4o', input: 'hello' }).withResponse()
  const { data } = await sluice.eventOf(response)
  expect(data).toMatchObject({ operation: 'responses.create', outcome: 'forwarded', model: 'gpt-4o' })
  expect(data.usage).toMatchObject({ inputTokens: 7, outputTokens: 3 })
})

test('create, streamed: every event, and the same text', async () => {
  const seen = await sameAsDirect(provider, sluice, async (client) => {
    const events = await all(await client.responses.create({ model: 'gpt-4o', input: 'think', stream: true }))
    const text = events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('')
    return { types: events.map(({ type }) => type), text }
  })
  expect(seen.text).toBe('I thought.')
  expect([seen.types[0], seen.types.at(-1)]).toEqual(['response.created', 'response.completed'])
})

test('the helper for streams', async () => {
  const seen = await sameAsDirect(provider, sluice, async (client) => {
    const deltas: string[] = []
    const stream = client.responses.stream({ model: 'gpt-4o', input: 'hello' })
    stream.on('response.output_text.delta', ({ delta }) => deltas.push(delta))
    return { ...saidBy(await stream.finalResponse()), text: deltas.join('') }
  })
  expect(seen).toMatchObject({ output_text: 'Hi 😀 there', text: 'Hi 😀 there' })
})

test('parse', async () => {
  const format = zodTextFormat(z.object({ name: z.string(), day: z.number() }), 'event')
  const seen = await sameAsDirect(provider, sluice, async (client) => {
    const { output_parsed } = await client.responses.parse({ model: 'gpt-4o', input: 'event?', text: { format } })
    return output_parsed
  })
  expect(seen).toEqual({ name: 'Fair', day: 3 })
})

test('a tool call, and its result sent back, whole and streamed', async () => {
  const asked = { model: 'gpt-4o', tools: [weather], tool_choice: 'auto' as const }
  const seen = await sameAsDirect(provider, sluice, async (client) => {
    const first = await client.responses.create({ ...asked, input: 'weather?' })
    const [call] = first.output
    if (call?.type !== 'function_call') throw new Error('no call')
    const { name, call_id } = call
    const input: OpenAI.Responses.ResponseInput = [
      { role: 'user', content: 'weather?' },
      { type: 'function_call', call_id, name, arguments: call.arguments },
      { type: 'function_call_output', call_id, output: '{"sky":"rain"}' },
    ]
    const second = await client.responses.stream({ ...asked, input }).finalResponse()
    return { name, call_id, arguments: call.arguments, said: second.output_text }
  })
  expect(seen).toEqual({
    name: 'get_weather',
    call_id: 'call_1',
    arguments: '{"city":"London ☂"}',
    said: 'Rain, as ever.',
  })
  const call = clientOf(sluice).responses.create({ ...asked, input: 'weather?' })
  const { data } = await sluice.eventOf((await call.withResponse()).response)
  expect(data.toolCalls).toMatchObject([{ name: 'get_weather' }])
  expect(data.detections).toEqual([])
})

const response = {
  id: 'resp_2',
  object: 'response',
  created_at: 1700000000,
  status: 'completed',
  background: true,
  error: null,
  incomplete_details: null,
  model: 'gpt-4o',
  output: [
    {
      type: 'message',
      id: 'msg_2',
      role: 'assistant',
      status: 'completed',
      content: [{ type: 'output_text', text: 'At last.', annotations: [], logprobs: [] }],
    },
  ],
  tools: [],
}

/** Answers as often as `sameAsDirect` asks: aimock does not have these endpoints. */
function twice(path: `/v1/${string}`, body: object): void {
  for (let times = 0; times < 2; times++) provider.once(path, { body })
}

test('in the background: queued at first, and read when it is asked for', async () => {
  const queued = { ...response, status: 'queued', output: [] }
  twice('/v1/responses', queued)
  twice('/v1/responses/resp_2', { ...queued, status: 'in_progress' })
  const seen = await sameAsDirect(provider, sluice, async (client) => {
    const begun = await client.responses.create({ model: 'gpt-4o', input: 'slowly', background: true })
    const polled = await client.responses.retrieve(begun.id)
    return [begun.status, polled.status, polled.output_text]
  })
  expect(seen).toEqual(['queued', 'in_progress', ''])
  twice('/v1/responses/resp_2', response)
  const done = await sameAsDirect(
    provider,
    sluice,
    async (client) => (await client.responses.retrieve('resp_2')).output_text,
  )
  expect(done).toBe('At last.')
})

test('retrieve as a stream, cancel, delete and input items', async () => {
  const completed = { type: 'response.completed', sequence_number: 7, response }
  const headers = { 'content-type': 'text/event-stream' }
  const body = `event: response.completed\ndata: ${JSON.stringify(completed)}\n\n`
  const path = '/v1/responses/resp_2?stream=true&starting_after=6'
  for (let times = 0; times < 2; times++) provider.once(path, { headers, body })
  const events = await sameAsDirect(provider, sluice, async (client) =>
    all(await client.responses.retrieve('resp_2', { stream: true, starting_after: 6 })),
  )
  expect(events).toMatchObject([completed])

  twice('/v1/responses/resp_2/cancel', { ...response, status: 'cancelled' })
  const cancelled = await sameAsDirect(provider, sluice, (client) => client.responses.cancel('resp_2'))
  expect(cancelled.status).toBe('cancelled')

  twice('/v1/responses/resp_2/input_items?limit=5', { object: 'list', data: response.output, has_more: false })
  const items = await sameAsDirect(provider, sluice, async (client) =>
    all(await client.responses.inputItems.list('resp_2', { limit: 5 })),
  )
  expect(items).toMatchObject([{ id: 'msg_2' }])

  twice('/v1/responses/resp_2', { id: 'resp_2', object: 'response.deleted', deleted: true })
  await sameAsDirect(provider, sluice, (client) => client.responses.delete('resp_2'))
  expect(provider.last()).toMatchObject({ method: 'DELETE', path: '/v1/responses/resp_2' })
})

test('a count of tokens, and a compaction', async () => {
  twice('/v1/responses/input_tokens', { object: 'response.input_tokens', input_tokens: 7 })
  const count = await sameAsDirect(provider, sluice, (client) =>
    client.responses.inputTokens.count({ model: 'gpt-4o', input: 'hello' }),
  )
  expect(count.input_tokens).toBe(7)
  const output = [{ id: 'cmp_1', type: 'compaction', encrypted_content: 'gAAAAABpJxQ' }]
  twice('/v1/responses/compact', { id: 'resp_3', object: 'response.compaction', created_at: 1700000000, output })
  const compacted = await sameAsDirect(provider, sluice, (client) =>
    client.responses.compact({ model: 'gpt-4o', input: 'hello' }),
  )
  expect(compacted.output).toMatchObject(output)
})

test('conversations and their items', async () => {
  const conversation = { id: 'conv_1', object: 'conversation', created_at: 1700000000, metadata: { a: 'b' } }
  const list = { object: 'list', data: response.output, first_id: 'msg_2', last_id: 'msg_2', has_more: false }
  twice('/v1/conversations', conversation)
  for (let times = 0; times < 3; times++) twice('/v1/conversations/conv_1', conversation)
  twice('/v1/conversations/conv_1/items', list)
  twice('/v1/conversations/conv_1/items', list)
  for (let times = 0; times < 2; times++) {
    for (const body of [response.output[0], conversation])
      provider.once('/v1/conversations/conv_1/items/msg_2', { body })
  }
  const seen = await sameAsDirect(provider, sluice, async ({ conversations }) => [
    (await conversations.create({ metadata: { a: 'b' } })).id,
    (await conversations.retrieve('conv_1')).id,
    (await conversations.update('conv_1', { metadata: { a: 'b' } })).id,
    (await conversations.items.create('conv_1', { items: [{ role: 'user', content: 'hello' }] })).first_id,
    (await all(await conversations.items.list('conv_1'))).map(({ id }) => id),
    (await conversations.items.retrieve('msg_2', { conversation_id: 'conv_1' })).id,
    (await conversations.items.delete('msg_2', { conversation_id: 'conv_1' })).id,
    (await conversations.delete('conv_1')).id,
  ])
  expect(seen).toEqual(['conv_1', 'conv_1', 'conv_1', 'msg_2', ['msg_2'], 'msg_2', 'conv_1', 'conv_1'])
})

test('a conversation begun without a word', async () => {
  twice('/v1/conversations', { id: 'conv_2', object: 'conversation', created_at: 1700000000, metadata: null })
  const seen = await sameAsDirect(provider, sluice, async (client) => (await client.conversations.create()).id)
  expect(seen).toBe('conv_2')
})

test('the same actor and conversation make one session', async () => {
  const ask = async (conversation: string) => {
    const asked = { model: 'gpt-4o', input: 'hello', conversation }
    const { response } = await clientOf(sluice).responses.create(asked).withResponse()
    return (await sluice.eventOf(response)).data.session
  }
  const [first, again, other] = [await ask('conv_1'), await ask('conv_1'), await ask('conv_9')]
  expect(again).toBe(first ?? '')
  expect(other).not.toBe(first ?? '')
})
