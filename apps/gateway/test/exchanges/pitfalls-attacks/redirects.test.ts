import { afterAll, describe, expect, test } from 'bun:test'
import { json, sse, startUpstream } from '@sluice/testing'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const evil = await startUpstream()
evil.respond(json(whole([{ content: 'evil' }])))
afterAll(() => evil.close())

const gateway = served({})
const chat = '/v1/chat/completions'

// Measured: Bun's `fetch` replays a POST, with its `api-key`, to another origin.
describe('58 a provider’s redirect carries the request to another origin', () => {
  test.each([300, 301, 302, 303, 305, 307, 308, 399])(
    '%d: 502, the other origin sees no connection',
    async (status) => {
      for (const location of [`${evil.url}${chat}`, `//127.0.0.1:${evil.port}${chat}`, '/v1/elsewhere', '']) {
        const headers = { location, 'x-own': 'kept from the client' }
        for (const body of [prompt('hi'), prompt('hi', { stream: true })]) {
          gateway.upstream.respond(json('{"secret":"of the redirect"}', { status, headers }))
          const before = gateway.upstream.requests.length
          const answer = await gateway.send(chat, body)
          expect([answer.status, answer.json()]).toEqual([502, { error: 'The provider answered with a redirect.' }])
          expect(answer.header('location')).toBeUndefined()
          expect(answer.header('x-own')).toBeUndefined()
          expect(gateway.upstream.requests).toHaveLength(before + 1)
          if (location === '') {
            expect(await gateway.record(answer)).toMatchObject({
              outcome: 'failed',
              code: 'SLUICE_UPSTREAM_REFUSED',
              upstream: { status },
            })
          }
        }
      }
      expect(evil.connections).toBe(0)
    },
  )

  test('of a GET, and one that comes as a stream', async () => {
    const headers = { location: evil.url }
    gateway.upstream.respond(json('{}', { status: 302, headers }))
    expect((await gateway.send('/v1/models', undefined, { method: 'GET' })).status).toBe(502)
    gateway.upstream.respond(sse(streamed([{ content: 'x' }]), { status: 307, headers }))
    expect((await gateway.send(chat, prompt('hi', { stream: true }))).status).toBe(502)
    expect(evil.connections).toBe(0)
  })

  test('headers that point elsewhere in another answer are the client’s own business', async () => {
    const headers = { refresh: `0;url=${evil.url}`, link: `<${evil.url}>; rel=preload`, location: evil.url }
    gateway.upstream.respond(json(whole([{ content: 'ok' }]), { headers }))
    const answer = await gateway.send(chat, prompt('hi'))
    expect([answer.status, answer.header('location')]).toEqual([200, evil.url])
    expect(evil.connections).toBe(0)
  })

  test('304 is no redirect', async () => {
    gateway.upstream.respond(async (exchange) => exchange.head(304, { etag: '"x"', 'content-length': '0' }))
    const answer = await gateway.send('/v1/models', undefined, { method: 'GET' })
    expect([answer.status, answer.body.length, answer.header('etag')]).toEqual([304, 0, '"x"'])
  })
})
