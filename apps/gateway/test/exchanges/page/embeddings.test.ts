import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { json, sse, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

const path = '/v1/embeddings'
const model = 'text-embedding-3-small'
const answer = JSON.stringify({
  object: 'list',
  data: [{ object: 'embedding', embedding: [0.5, -0.25], index: 0 }],
  model,
  usage: { prompt_tokens: 8, total_tokens: 8 },
})

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: {
      open: {},
      strict: { policies: ['cards'], allowedModels: [model] },
      redacting: { policies: ['redact'] },
    },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [
        { id: 'cards', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' },
        { id: 'redact', match: { types: ['FINANCIAL_*'] }, action: 'REDACT' },
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
  upstream.respond(json(answer))
})

test(says('Embeddings requests are proxied through the same enforcement pipeline.', "the page's example"), async () => {
  const client = new OpenAI({
    apiKey: 'sk-your-openai-key',
    baseURL: `${sluice.url}/v1`,
    defaultHeaders: { 'X-Detection-Key': sluice.key() },
  })
  const response = await client.embeddings.create({ model, input: 'The quarterly revenue report shows...' })
  expect(response.data[0]?.embedding).toEqual([0.5, -0.25])
  expect(upstream.requests[0]?.json()).toMatchObject({ model, input: 'The quarterly revenue report shows...' })
})

test(says('Embeddings requests are proxied through the same enforcement pipeline.'), async () => {
  const keyless = await fetch(`${sluice.url}${path}`, { method: 'POST', body: '{}' })
  expect(keyless.status).toBe(401)
  const otherModel = await sluice.post(path, { model: 'text-embedding-ada-002', input: 'x' }, { app: 'strict' })
  expect(otherModel.status).toBe(403)
  const blocked = await sluice.post(path, { model, input: card }, { app: 'strict' })
  expect([blocked.status, await blocked.text()]).toEqual([451, '{"error":"Content blocked due to policy violations"}'])
  expect(blocked.headers.get('x-should-retry')).toBe('false')
  expect(upstream.requests).toEqual([])
  const redacted = await sluice.post(path, { model, input: `Pay ${card} now` }, { app: 'redacting' })
  expect(await redacted.text()).toBe(answer)
  expect(upstream.requests[0]?.json()).toEqual({ model, input: 'Pay [REDACTED] now' })
})

test(says('Ingress detection runs on the input text.'), async () => {
  const inputs: Readonly<Record<string, unknown>> = {
    '/input': `It is ${card}.`,
    '/input/1': ['first', `It is ${card}.`],
  }
  for (const [pointer, input] of Object.entries(inputs)) {
    const response = await sluice.post(path, { model, input })
    expect(await response.text()).toBe(answer)
    const { data } = await sluice.eventOf(response)
    expect(data.detections).toMatchObject([
      { type: 'FINANCIAL_CARD_NUMBER', lifecycle: 'INGRESS', kind: 'embedding-input', place: { pointer }, start: 6 },
    ])
  }
})

test(says('Ingress detection runs on the input text.', 'tokens are no text'), async () => {
  const tokens = { model, input: [1212, 318, 257] }
  const response = await sluice.post(path, tokens)
  expect(upstream.requests[0]?.json()).toEqual(tokens)
  const { data } = await sluice.eventOf(response)
  expect(data.segments.notInspected).toMatchObject([{ direction: 'ingress', content: 'tokens', count: 1 }])
  const refused = await sluice.post(path, tokens, { app: 'strict' })
  expect(refused.status).toBe(400)
  expect(upstream.requests).toHaveLength(1)
})

test(says("Streaming is not supported for embeddings (this matches OpenAI's behavior)."), async () => {
  const body = { model, input: 'x', stream: true }
  const error =
    '{"error":{"message":"Unrecognized request argument supplied: stream","type":"invalid_request_error","param":null,"code":null}}'
  upstream.respond(json(error, { status: 400 }))
  const refused = await sluice.post(path, body)
  expect([refused.status, await refused.text()]).toEqual([400, error])
  expect(upstream.requests[0]?.json()).toEqual(body)
  // Blocked, it is no stream either.
  const blocked = await sluice.post(path, { ...body, input: card }, { app: 'strict' })
  expect([blocked.status, blocked.headers.get('content-type')]).toEqual([451, 'application/json'])
  // Were a provider to stream all the same, the whole answer is judged before any of it is given.
  upstream.respond(sse([{ said: `It is ${card}` }]))
  const streamed = await sluice.post(path, body, { app: 'strict' })
  expect(streamed.status).toBe(451)
  expect(await streamed.text()).not.toContain('4111')
})
