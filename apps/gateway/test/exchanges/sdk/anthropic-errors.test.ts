import { describe, expect, test } from 'bun:test'
import Anthropic from '@anthropic-ai/sdk'
import { json, sse } from '@sluice/testing'
import { served } from '../pitfalls/served.ts'
import { ANTHROPIC, anthropicOf, sameAsDirect } from './anthropic-client.ts'
import { all, failure } from './client.ts'

const gateway = served({
  adapters: [ANTHROPIC],
  apps: { app: {}, models: { allowedModels: ['claude-haiku-4-5'] }, slow: { rateLimit: 1 } },
})
const hello = { model: 'claude-sonnet-4-6', max_tokens: 10, messages: [{ role: 'user' as const, content: 'hello' }] }

const classes = [
  [400, Anthropic.BadRequestError, 'invalid_request_error'],
  [401, Anthropic.AuthenticationError, 'authentication_error'],
  [403, Anthropic.PermissionDeniedError, 'permission_error'],
  [404, Anthropic.NotFoundError, 'not_found_error'],
  [429, Anthropic.RateLimitError, 'rate_limit_error'],
  [500, Anthropic.InternalServerError, 'api_error'],
] as const

describe("the provider's errors are its own, to the byte", () => {
  for (const [status, type, name] of classes) {
    test(`${status} is a ${type.name}`, async () => {
      const body = ` {"type":"error", "error":{"type":"${name}","message":"It was ${status}."},"request_id":"req_1"}`
      gateway.upstream.respond(json(body, { status, headers: { 'request-id': 'req_1' } }))
      const raw = await gateway.send('/v1/messages', hello)
      expect([raw.status, raw.text()]).toEqual([status, body])
      const seen = await sameAsDirect(gateway.upstream, gateway.sluice, async (client) => {
        const thrown = await failure(client.messages.create(hello))
        if (!(thrown instanceof Anthropic.APIError)) throw thrown
        return { type: thrown.constructor, message: thrown.message, body: thrown.error, id: thrown.requestID }
      })
      expect(seen).toMatchObject({ type, id: 'req_1' })
    })
  }

  test('an error in mid-stream', async () => {
    const event = (value: { type: string }): string => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } }
    gateway.upstream.respond(sse([event(error)]))
    const seen = await sameAsDirect(gateway.upstream, gateway.sluice, async (client) => {
      const thrown = await failure(all(await client.messages.create({ ...hello, stream: true })))
      if (!(thrown instanceof Anthropic.APIError)) throw thrown
      return thrown.message
    })
    expect(seen).toContain('Overloaded')
    const answer = await gateway.send('/v1/messages', { ...hello, stream: true })
    expect(await gateway.record(answer)).toMatchObject({ outcome: 'upstream-truncated' })
  })
})

describe("the gateway's errors are told apart from them", () => {
  const refused = async (app: string | undefined, call: (client: Anthropic) => PromiseLike<unknown>, key?: string) => {
    const headers = key === undefined ? {} : { defaultHeaders: { 'X-Detection-Key': key } }
    const error = await failure(call(anthropicOf(gateway.sluice, app, { ...headers, maxRetries: 2 })))
    if (!(error instanceof Anthropic.APIError)) throw error
    return error
  }

  test('401, 403, 400, 404 and 429 are the classes of the client, with the text of the gateway', async () => {
    const before = gateway.upstream.requests.length
    const wrong = await refused(undefined, (client) => client.messages.create(hello), 'detect_live_no')
    expect(wrong).toBeInstanceOf(Anthropic.AuthenticationError)
    expect(wrong.message).toBe('401 {"error":"Invalid detection key"}')
    const model = await refused('models', (client) => client.messages.create(hello))
    expect(model).toBeInstanceOf(Anthropic.PermissionDeniedError)
    const fallback = await refused('models', (client) =>
      client.beta.messages.create({ ...hello, model: 'claude-haiku-4-5', fallbacks: 'default' }),
    )
    expect(fallback).toBeInstanceOf(Anthropic.PermissionDeniedError)
    const route = await refused(undefined, (client) => client.get('/v1/organizations/users'))
    expect(route).toBeInstanceOf(Anthropic.NotFoundError)
    expect(route.message).toContain('POST /v1/messages')
    // Not what the types allow.
    const malformed: object = { ...hello, messages: 'hello' }
    const body = await refused(undefined, (client) => client.post('/v1/messages', { body: malformed }))
    expect(body).toBeInstanceOf(Anthropic.BadRequestError)
    expect(body.message).toContain('/messages must be array, not string')
    expect(gateway.upstream.requests).toHaveLength(before)
  })

  test('a batch with a model that is not allowed', async () => {
    const requests = ['claude-haiku-4-5', 'claude-sonnet-4-6'].map((model, at) => ({
      custom_id: `r${at}`,
      params: { ...hello, model },
    }))
    const error = await refused('models', (client) => client.messages.batches.create({ requests }))
    expect(error).toBeInstanceOf(Anthropic.PermissionDeniedError)
  })

  test('429 is tried again by the client, after what Retry-After says', async () => {
    gateway.upstream.respond(json('{"input_tokens":1}'))
    const client = anthropicOf(gateway.sluice, 'slow')
    const counted = { model: hello.model, messages: hello.messages }
    await client.messages.countTokens(counted)
    const error = await failure(client.messages.countTokens(counted))
    expect(error).toBeInstanceOf(Anthropic.RateLimitError)
    if (!(error instanceof Anthropic.APIError)) throw error
    expect(Number(error.headers?.get('retry-after'))).toBeGreaterThan(0)
  })
})
