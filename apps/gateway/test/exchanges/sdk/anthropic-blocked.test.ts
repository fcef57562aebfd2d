import { afterAll, beforeAll, expect, test } from 'bun:test'
import Anthropic from '@anthropic-ai/sdk'
import { generateText, streamText } from 'ai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { ANTHROPIC, aiAnthropic, anthropicOf } from './anthropic-client.ts'
import { all, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

const blocked = 'Content blocked due to policy violations'
const number = '4111 1111 1111 1111'
const ask = (content: string) => ({
  model: 'claude-sonnet-4-6',
  max_tokens: 100,
  messages: [{ role: 'user' as const, content }],
})
const leaking = ask(`My card is ${number}.`)

beforeAll(async () => {
  provider = await startProvider()
  provider.mock.onMessage('tell', { content: `It is ${number}.` })
  provider.mock.onMessage('pay', {
    toolCalls: [{ id: 'toolu_1', name: 'pay', arguments: `{"card":"${number}","n":1.0}` }],
  })
  provider.mock.onMessage(/./, { content: 'hi' })
  const match = { types: ['FINANCIAL_*'] }
  sluice = await startSluice({
    upstream: provider.url,
    adapters: [ANTHROPIC],
    apps: {
      app: { policies: ['block'] },
      bare: { policies: ['block'], blockedStream: 'bare' },
      strict: { policies: ['block'], blockStatus: 451 },
      redacting: { policies: ['redact'] },
    },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [
        { id: 'block', match, action: 'BLOCK' },
        { id: 'redact', match, action: 'REDACT' },
      ],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

test('a blocked request is answered with a refusal, and the provider is not called', async () => {
  const before = provider.requests.length
  const message = await anthropicOf(sluice).messages.create(leaking)
  expect(message).toMatchObject({
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-6',
    content: [{ type: 'text', text: blocked }],
    stop_reason: 'refusal',
    stop_details: { type: 'refusal', explanation: blocked },
    usage: { input_tokens: 0, output_tokens: 0 },
  })
  expect(provider.requests).toHaveLength(before)
})

test('streamed, the events are those of a refusal, to the loop and to the helpers', async () => {
  const client = anthropicOf(sluice)
  const events = await all(await client.messages.create({ ...leaking, stream: true }))
  expect(events.map(({ type }) => type)).toEqual([
    'message_start',
    'content_block_start',
    'content_block_delta',
    'content_block_stop',
    'message_delta',
    'message_stop',
  ])
  const stream = client.messages.stream(leaking)
  const seen: string[] = []
  stream.on('text', (delta) => seen.push(delta))
  const message = await stream.finalMessage()
  expect(seen).toEqual([blocked])
  expect(message).toMatchObject({ content: [{ type: 'text', text: blocked }], stop_reason: 'refusal' })
  expect(await client.messages.stream(leaking).finalText()).toBe(blocked)
  expect(await client.beta.messages.stream(leaking).finalMessage()).toMatchObject({ stop_reason: 'refusal' })
})

test('`ai` takes it for a filtered answer, whole and streamed', async () => {
  const model = aiAnthropic(sluice)('claude-sonnet-4-6')
  const prompt = `My card is ${number}.`
  const whole = await generateText({ model, prompt, maxRetries: 0 })
  expect([whole.text, whole.finishReason]).toEqual([blocked, 'content-filter'])
  const streamed = streamText({ model, prompt, maxRetries: 0 })
  expect((await all(streamed.textStream)).join('')).toBe(blocked)
  expect(await streamed.finishReason).toBe('content-filter')
})

test('the first data of a blocked stream begins as documented', async () => {
  const marked = `data: {"blocked":true,"message":"${blocked}"`
  const chunk = await sluice.post('/v1/messages', { ...leaking, stream: true })
  expect(chunk.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(chunk.headers.get('x-should-retry')).toBe('false')
  expect(await chunk.text()).toStartWith(`${marked},"type":"ping"}\nevent: ping\n\nevent: message_start\n`)
  const bare = await sluice.post('/v1/messages', { ...leaking, stream: true }, { app: 'bare' })
  expect(await bare.text()).toBe(`${marked}}\n\n`)
})

test('451 where there is no shape for it, or where it is configured', async () => {
  const { max_tokens: _, ...counted } = leaking
  const requests = [{ custom_id: 'a', params: leaking }]
  for (const [call, said] of [
    [() => anthropicOf(sluice).messages.countTokens(counted), blocked],
    [() => anthropicOf(sluice, 'strict').messages.create(leaking), blocked],
    [() => anthropicOf(sluice).messages.batches.create({ requests }), `${blocked}: request 1 (custom_id a)`],
  ] as const) {
    const error = await failure(call())
    if (!(error instanceof Anthropic.APIError)) throw error
    expect<unknown>([error.status, error.error]).toEqual([451, { error: said }])
  }
})

test('a blocked answer is a refusal, too', async () => {
  const message = await anthropicOf(sluice).messages.create(ask('tell'))
  expect(message).toMatchObject({ content: [{ type: 'text', text: blocked }], stop_reason: 'refusal' })
  const call = await anthropicOf(sluice).messages.create(ask('pay'))
  expect(call).toMatchObject({ content: [{ type: 'text', text: blocked }], stop_reason: 'refusal' })
})

test('what is redacted leaves its place alone: in a prompt, in an answer, within the input of a call', async () => {
  const client = anthropicOf(sluice, 'redacting')
  const asked = await client.messages.create(leaking)
  expect(asked.stop_reason).toBe('end_turn')
  expect(provider.last().json()).toEqual({
    ...leaking,
    messages: [{ role: 'user', content: 'My card is [REDACTED].' }],
  })
  const answered = await client.messages.create(ask('tell'))
  expect(answered.content).toMatchObject([{ type: 'text', text: 'It is [REDACTED].' }])
  const called = await client.messages.create(ask('pay'))
  expect(called.content).toMatchObject([{ type: 'tool_use', input: { card: '[REDACTED]', n: 1 } }])

  const history = [
    { role: 'user', content: 'pay' },
    { role: 'assistant', content: [{ type: 'tool_use', id: 'toolu_1', name: 'pay', input: { card: number, n: 1 } }] },
    { role: 'user', content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: `paid with ${number}` }] },
  ]
  const body = JSON.stringify({ ...leaking, messages: history }).replace('"n":1', '"n": 1.0')
  const answer = await sluice.post('/v1/messages', body, { app: 'redacting' })
  expect(answer.status).toBe(200)
  expect(Buffer.from(provider.last().body()).toString('utf8')).toBe(body.replaceAll(number, '[REDACTED]'))
  const { detections } = (await sluice.eventOf(answer)).data
  const ingress = detections.filter(({ lifecycle }) => lifecycle === 'INGRESS')
  expect(ingress.map(({ kind, place }) => [kind, place.pointer])).toEqual([
    ['tool-arguments', '/messages/1/content/0/input/card'],
    ['tool-result', '/messages/2/content/0/content'],
  ])
})
