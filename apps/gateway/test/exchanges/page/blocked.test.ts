import { afterAll, afterEach, beforeAll, expect, test } from 'bun:test'
import { json, rawRequest, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { ContentFilterFinishReasonError } from 'openai/error'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, completion, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  const policies = ['cards']
  sluice = await startSluice({
    upstream: upstream.url,
    apps: {
      app: { policies },
      bare: { policies, blockedStream: 'bare' },
      legal: { policies, blockStatus: 451 },
    },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'cards', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' }],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
afterEach(() => {
  // Blocked on the way in, nothing reaches the provider. (One test blocks on the way back, and forgets its requests.)
  expect(upstream.requests).toEqual([])
})

const text = 'Content blocked due to policy violations'
const leaking = prompt(`My card is ${card}.`)
const client = (app?: string) =>
  new OpenAI({
    apiKey: 'sk-your-openai-key',
    baseURL: `${sluice.url}/v1`,
    defaultHeaders: { 'X-Detection-Key': sluice.key(app) },
    maxRetries: 0,
  })

/** The bytes of the answer to a request, by a client that knows nothing of the provider's formats. */
async function answered(path: string, body: object, app?: string): Promise<{ status: number; body: string }> {
  const headers = { 'content-type': 'application/json', ...sluice.headers(app) }
  const response = await rawRequest(`${sluice.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: response.text() }
}

const inChat = (exchange: string | null, delta: 'message' | 'delta', message: object) => ({
  id: `chatcmpl-${exchange}`,
  object: delta === 'message' ? 'chat.completion' : 'chat.completion.chunk',
  created: expect.any(Number),
  model: 'gpt-4',
  choices: [{ index: 0, [delta]: message, logprobs: null, finish_reason: 'content_filter' }],
})

test(
  says(
    "When Sluice blocks a request (ingress policy violation), the response format matches OpenAI's structure but with enforcement content:",
  ),
  async () => {
    const response = await sluice.post('/v1/chat/completions', leaking)
    expect(response.status).toBe(200)
    expect(response.headers.get('content-type')).toBe('application/json')
    expect(response.headers.get('x-should-retry')).toBe('false')
    const exchange = response.headers.get('x-sluice-exchange-id')
    // Whole: every member that the provider's own answers always have, and none besides.
    expect(await response.json()).toEqual({
      ...inChat(exchange, 'message', { role: 'assistant', content: text, refusal: null }),
      usage: { prompt_tokens: 0, completion_tokens: 0, total_tokens: 0 },
    })
  },
)

test(
  says(
    'Non-streaming: {"choices": [{"message": {"role": "assistant", "content": "Content blocked due to policy violations"}, "finish_reason": "content_filter"}]}',
  ),
  async () => {
    const { status, body } = await answered('/v1/chat/completions', leaking)
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({
      choices: [{ message: { role: 'assistant', content: text }, finish_reason: 'content_filter' }],
    })
    expect(JSON.parse(body).choices).toHaveLength(1)
  },
)

test(
  says(
    'Non-streaming: {"choices": [{"message": {"role": "assistant", "content": "Content blocked due to policy violations"}, "finish_reason": "content_filter"}]}',
    'also where the answer is blocked, not the prompt',
  ),
  async () => {
    upstream.respond(json(completion({ content: `It is ${card}.` })))
    const response = await sluice.post('/v1/chat/completions', prompt('Which card?'))
    const body = await response.text()
    expect(JSON.parse(body)).toMatchObject({
      choices: [{ message: { content: text }, finish_reason: 'content_filter' }],
    })
    expect(body).not.toContain('4111')
    upstream.requests.length = 0
  },
)

const streaming = 'Streaming: data: {"blocked":true,"message":"Content blocked due to policy violations"}' as const

test(
  says(
    'Streaming: data: {"blocked":true,"message":"Content blocked due to policy violations"}',
    'the frame comes first and is a chunk of the provider’s, too',
  ),
  async () => {
    const { status, body } = await answered('/v1/chat/completions', { ...leaking, stream: true })
    expect(status).toBe(200)
    expect(body).toStartWith(`data: {"blocked":true,"message":"${text}",`)
    const [first = '', ...others] = body.split('\n\n')
    expect(others).toEqual(['data: [DONE]', ''])
    const frame = JSON.parse(first.slice('data: '.length))
    expect(frame).toEqual({
      blocked: true,
      message: text,
      ...inChat(frame.id.slice('chatcmpl-'.length), 'delta', { role: 'assistant', content: text }),
    })
  },
)

test(says(streaming, '`blockedStream: bare` gives that frame and nothing else'), async () => {
  const { status, body } = await answered('/v1/chat/completions', { ...leaking, stream: true }, 'bare')
  expect(status).toBe(200)
  expect(body).toBe(`data: {"blocked":true,"message":"${text}"}\n\n`)
})

test(says(streaming, 'the older completions have the same frame in their own shape'), async () => {
  const older = { model: 'gpt-3.5-turbo-instruct', prompt: card, stream: true }
  const { body } = await answered('/v1/completions', older)
  expect(body).toStartWith(`data: {"blocked":true,"message":"${text}",`)
  const stream = await client().completions.create({ ...older, stream: true })
  const texts: [string, string | null][] = []
  for await (const { choices } of stream) {
    for (const choice of choices) texts.push([choice.text, choice.finish_reason])
  }
  expect(texts).toEqual([[text, 'content_filter']])
})

test(says(streaming, "neither the official client's loop nor its `.stream()` helper throws"), async () => {
  const chunks: OpenAI.ChatCompletionChunk[] = []
  for await (const chunk of await client().chat.completions.create({ ...leaking, stream: true })) chunks.push(chunk)
  expect(chunks).toHaveLength(1)
  expect(chunks[0]?.choices[0]).toMatchObject({ delta: { content: text }, finish_reason: 'content_filter' })
  const stream = client().chat.completions.stream(leaking)
  const said: string[] = []
  stream.on('content', (delta) => said.push(delta))
  const final = await stream.finalChatCompletion()
  expect(said).toEqual([text])
  expect(final.choices[0]).toMatchObject({
    message: { role: 'assistant', content: text },
    finish_reason: 'content_filter',
  })
})

test(
  says('Your application can check for finish_reason: "content_filter" to detect enforcement blocks programmatically.'),
  async () => {
    const { choices } = await client().chat.completions.create(leaking)
    expect(choices[0]?.finish_reason).toBe('content_filter')
    let last: string | null | undefined
    for await (const chunk of await client().chat.completions.create({ ...leaking, stream: true })) {
      last = chunk.choices[0]?.finish_reason
    }
    expect(last).toBe('content_filter')
    const older = await client().completions.create({ model: 'gpt-3.5-turbo-instruct', prompt: card })
    expect(older.choices[0]?.finish_reason).toBe('content_filter')
    // Where the client parses the answer, it looks at that by itself.
    const json_schema = { name: 'x', strict: true, schema: { type: 'object' } }
    const parsing = client().chat.completions.parse({
      ...leaking,
      response_format: { type: 'json_schema', json_schema },
    })
    expect(await parsing.catch((error: unknown) => error)).toBeInstanceOf(ContentFilterFinishReasonError)
  },
)

test(says(streaming, '`blockStatus: 451` says it by the status instead, everywhere'), async () => {
  for (const stream of [false, true]) {
    for (const [path, body] of [
      ['/v1/chat/completions', leaking],
      ['/v1/completions', { model: 'gpt-4', prompt: card }],
      ['/v1/embeddings', { model: 'gpt-4', input: card }],
    ] as const) {
      expect(await answered(path, { ...body, stream }, 'legal')).toEqual({ status: 451, body: `{"error":"${text}"}` })
    }
  }
})
