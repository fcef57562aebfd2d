import { afterAll, beforeAll, expect, test } from 'bun:test'
import OpenAI, { APIError } from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { clientOf, failure, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

const path = '/v1/chat/completions'
const ask = (content: string) => ({ model: 'gpt-4', messages: [{ role: 'user' as const, content }] })
const answer = {
  id: 'chatcmpl-1',
  object: 'chat.completion',
  created: 1700000000,
  model: 'gpt-4',
  choices: [{ index: 0, message: { role: 'assistant', content: 'ok', refusal: null }, finish_reason: 'stop' }],
}
const busy = { error: { message: 'busy', type: 'server_error', param: null, code: null } }

beforeAll(async () => {
  provider = await startProvider()
  sluice = await startSluice({ upstream: provider.url })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const classes = [
  [400, OpenAI.BadRequestError, { type: 'invalid_request_error', code: 'context_length_exceeded', param: 'messages' }],
  [401, OpenAI.AuthenticationError, { type: 'invalid_request_error', code: 'invalid_api_key', param: null }],
  [403, OpenAI.PermissionDeniedError, { type: 'invalid_request_error', code: 'unsupported_country', param: null }],
  [404, OpenAI.NotFoundError, { type: 'invalid_request_error', code: 'model_not_found', param: null }],
  [409, OpenAI.ConflictError, { type: 'invalid_request_error', code: 'conflict', param: null }],
  [
    422,
    OpenAI.UnprocessableEntityError,
    { type: 'invalid_request_error', code: 'integer_above_max_value', param: 'n' },
  ],
  [429, OpenAI.RateLimitError, { type: 'tokens', code: 'rate_limit_exceeded', param: null }],
  [500, OpenAI.InternalServerError, { type: 'server_error', code: 'internal_error', param: null }],
  [503, OpenAI.InternalServerError, { type: 'server_error', code: 'overloaded', param: null }],
] as const

for (const [status, type, rest] of classes) {
  for (const stream of [false, true]) {
    test(`${status} is a ${type.name}${stream ? ' also where a stream was asked for' : ''}`, async () => {
      const error = { message: `It was ${status}.`, ...rest }
      provider.mock.onMessage(`status ${status}`, { error, status })
      const seen = await sameAsDirect(provider, sluice, async (client) => {
        const thrown = await failure(client.chat.completions.create({ ...ask(`status ${status}`), stream }))
        if (!(thrown instanceof APIError)) throw thrown
        return { type: thrown.constructor, message: thrown.message, body: thrown.error, code: thrown.code }
      })
      expect(seen).toEqual({ type, message: `${status} It was ${status}.`, body: error, code: error.code })
    })
  }
}

test('what the provider says of its limits reaches the application', async () => {
  provider.mock.onMessage('too fast', { error: { message: 'slow down' }, status: 429, retryAfter: 7 })
  const error = await failure(clientOf(sluice).chat.completions.create(ask('too fast')))
  if (!(error instanceof OpenAI.RateLimitError)) throw error
  expect(error.headers.get('retry-after')).toBe('7')
  expect(error.headers.get('x-ratelimit-remaining-requests')).toBe('0')
  expect(error.requestID).toBe(provider.mock.getLastRequest()?.headers['x-request-id'] ?? 'none')
})

test('a retry that the provider allows is made, and says that it is one', async () => {
  provider.once(path, { status: 503, headers: { 'retry-after-ms': '1' }, body: busy })
  provider.once(path, { body: answer })
  const before = provider.requests.length
  const client = clientOf(sluice, undefined, { maxRetries: 2 })
  const completion = await client.chat.completions.create(ask('flaky'))
  expect(completion.choices[0]?.message.content).toBe('ok')
  const tries = provider.requests.slice(before)
  expect(tries.map(({ headers }) => headers['x-stainless-retry-count'])).toEqual(['0', '1'])
  expect(tries[1]?.body()).toEqual(tries[0]?.body() ?? new Uint8Array())
})

test('`x-should-retry` of the provider decides, whatever the status is', async () => {
  const client = clientOf(sluice, undefined, { maxRetries: 2 })
  const before = provider.requests.length
  provider.once(path, { status: 500, headers: { 'x-should-retry': 'false' }, body: busy })
  expect(await failure(client.chat.completions.create(ask('no')))).toBeInstanceOf(OpenAI.InternalServerError)
  expect(provider.requests.length).toBe(before + 1)
  provider.once(path, { status: 400, headers: { 'x-should-retry': 'true', 'retry-after-ms': '1' }, body: busy })
  provider.once(path, { body: answer })
  expect((await client.chat.completions.create(ask('yes'))).id).toBe('chatcmpl-1')
  expect(provider.requests.length).toBe(before + 3)
})

test('an error that is no JSON reaches the application as it is', async () => {
  const page = '<html><body><h1>504 Gateway Time-out</h1></body></html>'
  for (let times = 0; times < 2; times++) {
    provider.once(path, { status: 504, headers: { 'content-type': 'text/html' }, body: page })
  }
  const message = await sameAsDirect(provider, sluice, async (client) => {
    const thrown = await failure(client.chat.completions.create(ask('page')))
    return thrown instanceof OpenAI.InternalServerError ? thrown.message : thrown
  })
  expect(message).toBe(`504 ${page}`)
})
