import { afterAll, beforeAll, expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import OpenAI, { APIError } from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { clientOf, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

const ask = { model: 'gpt-4', messages: [{ role: 'user' as const, content: 'hello' }] }
/** The client would try twice more if it were not told not to. */
const eager = { maxRetries: 2 }

beforeAll(async () => {
  provider = await startProvider()
  provider.mock.onMessage('hello', { content: 'hi' })
  sluice = await startSluice({
    upstream: provider.url,
    apps: {
      open: {},
      models: { allowedModels: ['gpt-4o'] },
      suspended: { status: 'suspended' },
      slow: { rateLimit: 1 },
      small: { monthlyQuota: 1 },
    },
    config: {
      plugins: [{ use: fileURLToPath(new URL('./failing-detector.ts', import.meta.url)), id: 'failing' }],
      limits: { maxBodyBytes: 4096 },
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** The error of a call that must not reach the provider, and must not be tried again. */
async function refusal(client: OpenAI, call?: (client: OpenAI) => PromiseLike<unknown>): Promise<APIError> {
  const before = provider.requests.length
  let tries = 0
  const counting = client.withOptions({
    ...eager,
    fetch: (url, init) => {
      tries += 1
      return fetch(url, init)
    },
  })
  const error = await failure(call === undefined ? counting.chat.completions.create(ask) : call(counting))
  if (!(error instanceof APIError)) throw error
  expect(provider.requests.length).toBe(before)
  expect(tries).toBe(1)
  expect(error.headers?.get('x-sluice-exchange-id')).toMatch(/^ex_[A-Za-z0-9]{20}$/)
  return error
}

test('401 without a detection key', async () => {
  const client = clientOf(sluice, 'open', { defaultHeaders: {} })
  const error = await refusal(client)
  expect(error).toBeInstanceOf(OpenAI.AuthenticationError)
  expect<unknown>(error.error).toBe('Detection key required for proxy endpoints. Add X-Detection-Key header.')
  expect(error.message).toContain('Detection key required for proxy endpoints.')
})

test('401 with a detection key that nobody issued', async () => {
  const client = clientOf(sluice, 'open', { defaultHeaders: { 'X-Detection-Key': `detect_live_${'x'.repeat(40)}` } })
  const error = await refusal(client)
  expect(error).toBeInstanceOf(OpenAI.AuthenticationError)
  expect<unknown>(error.error).toBe('Invalid detection key')
})

test('403 for a model that is not allowed', async () => {
  const error = await refusal(clientOf(sluice, 'models'))
  expect(error).toBeInstanceOf(OpenAI.PermissionDeniedError)
  expect<unknown>(error.error).toBe("The requested model is not permitted by your API key's policy.")
})

test('403 for a suspended AppContext', async () => {
  const error = await refusal(clientOf(sluice, 'suspended'))
  expect(error).toBeInstanceOf(OpenAI.PermissionDeniedError)
  expect<unknown>(error.error).toBe('Organization is not active')
})

test('404 for an endpoint that nobody declares, with those that there are', async () => {
  const error = await refusal(clientOf(sluice, 'open'), (client) => client.images.generate({ prompt: 'a hat' }))
  expect(error).toBeInstanceOf(OpenAI.NotFoundError)
  expect(String(error.error)).toContain('/v1/chat/completions')
})

test('400 for a body that two readers could read differently', async () => {
  const tool: OpenAI.ChatCompletionTool = { type: 'function', function: { name: 'f' } }
  const error = await refusal(clientOf(sluice, 'open'), (client) =>
    client.chat.completions.create({ ...ask, tools: [tool, tool] }),
  )
  expect(error).toBeInstanceOf(OpenAI.BadRequestError)
})

test('413 for a body over the limit', async () => {
  const error = await refusal(clientOf(sluice, 'open'), (client) =>
    client.chat.completions.create({ ...ask, user: 'u'.repeat(5000) }),
  )
  expect(error.status).toBe(413)
})

for (const app of ['slow', 'small']) {
  test(`429 over the ${app === 'slow' ? 'rate limit' : 'monthly quota'} says when to come back`, async () => {
    const client = clientOf(sluice, app)
    await client.models.list()
    const error = await failure(client.models.list())
    if (!(error instanceof OpenAI.RateLimitError)) throw error
    const seconds = Number(error.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(app === 'slow' ? 60 : 31 * 86_400)
    expect(typeof error.error).toBe('string')
    // The client may try again: nothing says that it should not.
    expect(error.headers.get('x-should-retry')).toBeNull()
  })
}

test('503 where a detector fails: nothing goes on uninspected', async () => {
  const error = await refusal(clientOf(sluice, 'open'), (client) =>
    client.chat.completions.create({ ...ask, user: 'fail now' }),
  )
  expect(error).toBeInstanceOf(OpenAI.InternalServerError)
  expect(error.status).toBe(503)
  expect<unknown>(error.error).toBe('The request could not be inspected and was not forwarded.')
  // The detector's error quotes the text: it must not go anywhere.
  expect(error.message).not.toContain('out of order')
  expect(sluice.log.join('\n')).not.toContain('fail now')
  const event = await sluice.eventOf(error.headers?.get('x-sluice-exchange-id') ?? '')
  expect(event.data).toMatchObject({ outcome: 'refused', code: 'SLUICE_NOT_INSPECTED' })
})
