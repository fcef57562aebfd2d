import { describe, expect, test } from 'bun:test'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { type HeaderList, json, type RawResponse, type Responder, sse, type UpstreamRequest } from '@sluice/testing'
import { prompt, streamed, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { served, utf8 } from './served.ts'

const gateway = served({
  apps: { open: {}, redact: { policies: ['redact-in', 'redact-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const codings: readonly (readonly [name: string, encode: (text: string) => Uint8Array])[] = [
  ['gzip', gzipSync],
  ['br', brotliCompressSync],
  ['zstd', zstdCompressSync],
  ['deflate', deflateSync],
  ['identity', utf8],
]
const said = `about ${needle} and 😀`
const clean = 'about nothing and 😀'

/** One way to know the end of a body, and one that is right. */
function expectFramed(headers: HeaderList, length: number): void {
  const values = (name: string) => headers.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value)
  const lengths = values('content-length')
  expect([...lengths, ...values('transfer-encoding')]).toHaveLength(1)
  if (lengths.length > 0) expect(lengths).toEqual([String(length)])
  expect(values('content-encoding').length).toBeLessThan(2)
}

function expectCoded(answer: RawResponse, coding: string | undefined, body: Uint8Array): void {
  expect(answer.header('content-encoding')).toBe(coding)
  expect(answer.body).toEqual(body)
  expect(answer.end).toBe('complete')
  expectFramed(answer.headers, body.length)
}

const accepts = [['accept-encoding', 'gzip, br, zstd, deflate']] as const

// https://github.com/Portkey-AI/gateway/issues/1261, https://github.com/Portkey-AI/gateway/issues/474,
// https://github.com/envoyproxy/ai-gateway/issues/2391
describe.each(codings)('23 content-encoding and content-length of another body: %s', (coding, encode) => {
  const label = coding === 'identity' ? undefined : coding
  const headers: Readonly<Record<string, string>> = label === undefined ? {} : { 'content-encoding': label }

  test('an answer, untouched', async () => {
    for (const content of [clean, said]) {
      const body = new Uint8Array(encode(whole([{ content }])))
      gateway.upstream.respond(json(body, { headers }))
      const answer = await gateway.send(chat, prompt('hi'), { app: 'open', headers: accepts })
      expectCoded(answer, label, body)
      expect((await gateway.record(answer)).detections).toHaveLength(content === said ? 1 : 0)
    }
  })

  test('an answer, edited', async () => {
    const body = new Uint8Array(encode(whole([{ content: said }])))
    gateway.upstream.respond(json(body, { headers: { ...headers, etag: '"1"', 'x-request-id': 'req_1' } }))
    const answer = await gateway.send(chat, prompt('hi'), { app: 'redact', headers: accepts })
    expectCoded(answer, undefined, utf8(whole([{ content: said.replace(needle, '[REDACTED]') }])))
    expect([answer.header('etag'), answer.header('x-request-id')]).toEqual([undefined, 'req_1'])
  })

  test('an answer that nobody could frame but by closing, and one in chunks', async () => {
    const body = new Uint8Array(encode(whole([{ content: clean }])))
    const type = { ...headers, 'content-type': 'application/json' }
    const closing: Responder = async (exchange) => {
      await exchange.head(200, { ...type, connection: 'close' })
      await exchange.write(body)
    }
    const chunked: Responder = async (exchange) => {
      await exchange.head(200, { ...type, 'transfer-encoding': 'chunked' })
      await exchange.chunk(body.subarray(0, 9))
      await exchange.chunk(body.subarray(9))
    }
    for (const responder of [closing, chunked]) {
      gateway.upstream.respond(responder)
      expectCoded(await gateway.send(chat, prompt('hi'), { app: 'redact', headers: accepts }), label, body)
    }
  })

  test('a stream', async () => {
    for (const content of [clean, said]) {
      const body = new Uint8Array(encode(streamed([{ content }])))
      gateway.upstream.respond(sse(body, { headers, split: 50 }))
      const answer = await gateway.send(chat, prompt('hi', { stream: true }), { app: 'redact', headers: accepts })
      expectCoded(answer, label, body)
      expect((await gateway.record(answer)).detections).toHaveLength(content === said ? 1 : 0)
      // Nothing was asked for in which the stream could not be read as it passes.
      expect(['identity', undefined]).toContain(gateway.upstream.requests.at(-1)?.header('accept-encoding'))
    }
  })

  test('a request, untouched and edited', async () => {
    gateway.upstream.respond(json(whole([{ content: 'ok' }])))
    for (const content of [clean, said]) {
      const body = new Uint8Array(encode(JSON.stringify(prompt(content))))
      const options = { app: 'redact', headers: Object.entries(headers) }
      expect((await gateway.send(chat, body, options)).status).toBe(200)
      const sent = gateway.upstream.requests.at(-1)
      expect(sent?.text()).toBe(JSON.stringify(prompt(content.replace(needle, '[REDACTED]'))))
      expect(sent?.header('content-encoding')).toBeUndefined()
      expectFramed(sent?.headers ?? [], sent?.body.length ?? -1)
    }
  })
})

describe('23 content-encoding and content-length of another body: labels', () => {
  const plain = whole([{ content: said }])
  const edited = plain.replace(needle, '[REDACTED]')
  const readable: readonly (readonly [label: string, body: Uint8Array])[] = [
    ['GZIP', gzipSync(plain)],
    ['x-gzip', gzipSync(plain)],
    ['gzip, br', brotliCompressSync(gzipSync(plain))],
    ['identity', utf8(plain)],
    ['gzip, identity', gzipSync(plain)],
  ]
  const unreadable: readonly (readonly [label: string, body: Uint8Array])[] = [
    ['gzip', utf8(plain)],
    ['gzip', gzipSync(plain).subarray(0, -9)],
    ['gzip', Buffer.concat([gzipSync(plain), gzipSync(plain)])],
    ['compress', utf8(plain)],
    ['gzip, gzip, gzip', gzipSync(gzipSync(gzipSync(plain)))],
  ]

  test.each(readable)('%s can be read', async (label, bytes) => {
    const body = new Uint8Array(bytes)
    gateway.upstream.respond(json(body, { headers: { 'content-encoding': label } }))
    expectCoded(await gateway.send(chat, prompt('hi'), { app: 'open', headers: accepts }), label, body)
    expectCoded(await gateway.send(chat, prompt('hi'), { app: 'redact', headers: accepts }), undefined, utf8(edited))
  })

  test.each(unreadable)('%s that cannot be read is given untouched, or not at all', async (label, bytes) => {
    const body = new Uint8Array(bytes)
    gateway.upstream.respond(json(body, { headers: { 'content-encoding': label } }))
    const given = await gateway.send(chat, prompt('hi'), { app: 'open', headers: accepts })
    expectCoded(given, label, body)
    const { segments } = await gateway.record(given)
    expect(segments.notInspected).toMatchObject([{ direction: 'egress', content: 'encoding' }])
    const refused = await gateway.send(chat, prompt('hi'), { app: 'redact', headers: accepts })
    expect([refused.status, refused.json()]).toEqual([502, { error: expect.any(String) }])
    expect(refused.header('content-encoding')).toBeUndefined()
  })
})

test('23 content-encoding and content-length of another body: no body at all', async () => {
  for (const status of [204, 304]) {
    gateway.upstream.respond(async (exchange) => {
      await exchange.head(status, { 'x-request-id': 'req_1' })
    })
    const answer = await gateway.send(chat, prompt('hi'), { app: 'redact' })
    expect([answer.status, answer.body.length, answer.header('x-request-id')]).toEqual([status, 0, 'req_1'])
    expect(answer.header('transfer-encoding')).toBeUndefined()
  }
  gateway.upstream.respond(json('{"object":"list"}'))
  await gateway.send('/v1/models', undefined, { method: 'GET', app: 'redact' })
  const sent: UpstreamRequest | undefined = gateway.upstream.requests.at(-1)
  expect([sent?.header('content-length'), sent?.header('transfer-encoding')]).toEqual([undefined, undefined])
})

// https://github.com/aisix-ai/aisix/pull/144
describe('25 retry and rate headers lost', () => {
  const headers: readonly (readonly [string, string])[] = [
    ['retry-after', '7'],
    ['retry-after-ms', '6500'],
    ['x-should-retry', 'true'],
    ['x-request-id', 'req_123'],
    ['x-ratelimit-limit-requests', '10000'],
    ['x-ratelimit-limit-tokens', '2000000'],
    ['x-ratelimit-remaining-requests', '9999'],
    ['x-ratelimit-remaining-tokens', '0'],
    ['x-ratelimit-reset-requests', '6ms'],
    ['x-ratelimit-reset-tokens', '1m0s'],
    ['openai-organization', 'org-x'],
    ['openai-processing-ms', '417'],
    ['openai-version', '2020-10-01'],
    ['openai-model', 'gpt-4o'],
    ['openai-project', 'proj_1'],
    ['x-openai-proxy-wasm', 'v0.1'],
    ['www-authenticate', 'Bearer'],
    ['date', 'Mon, 23 Nov 2026 10:00:00 GMT'],
    ['set-cookie', '__cf_bm=1; Path=/'],
    ['set-cookie', '_cfuvid=2; Path=/'],
  ]
  const error = '{"error":{"message":"Rate limit reached","type":"tokens","param":null,"code":"rate_limit_exceeded"}}'

  test.each([200, 400, 401, 404, 429, 500, 503, 529])('an answer of status %d', async (status) => {
    const body = status === 200 ? whole([{ content: 'ok' }]) : error
    for (const app of ['open', 'redact']) {
      gateway.upstream.respond(json(body, { status, headers }))
      const answer = await gateway.send(chat, prompt('hi'), { app })
      expect([answer.status, answer.text()]).toEqual([status, body])
      expectReturned(answer)
    }
  })

  test('a stream, and an error in place of one', async () => {
    gateway.upstream.respond(sse(streamed([{ content: 'ok' }]), { headers }))
    expectReturned(await gateway.send(chat, prompt('hi', { stream: true })))
    gateway.upstream.respond(json(error, { status: 429, headers }))
    const refused = await gateway.send(chat, prompt('hi', { stream: true }))
    expect([refused.status, refused.text()]).toEqual([429, error])
    expectReturned(refused)
  })

  test('other endpoints', async () => {
    gateway.upstream.respond(json('{"object":"list"}', { headers }))
    expectReturned(await gateway.send('/v1/models', undefined, { method: 'GET' }))
    expectReturned(await gateway.send('/v1/embeddings', { model: 'm', input: 'hi' }))
  })

  function expectReturned(answer: RawResponse): void {
    for (const name of new Set(headers.map(([own]) => own))) {
      const values = (list: HeaderList) => list.filter(([own]) => own.toLowerCase() === name).map(([, value]) => value)
      expect([name, values(answer.headers)]).toEqual([name, values(headers)])
    }
    expect(answer.header('x-sluice-exchange-id')).toStartWith('ex_')
  }
})
