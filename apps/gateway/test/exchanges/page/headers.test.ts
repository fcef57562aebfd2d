import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { type HeaderList, json, type RawResponse, rawRequest, sse, startUpstream, type Upstream } from '@sluice/testing'
import { runtime, startSluice, type TestSluice } from '../../harness/sluice.ts'
import { chunk, completion, done, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

const answer = JSON.stringify(completion({ content: 'Hi' }))
const body = JSON.stringify(prompt('Hello'))

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
beforeEach(() => {
  upstream.requests.length = 0
  upstream.respond(json(answer))
})

const post = (headers: HeaderList): Promise<RawResponse> =>
  rawRequest(`${sluice.url}/v1/chat/completions`, { method: 'POST', headers, body })
const type = ['Content-Type', 'application/json'] as const
const authorization = ['Authorization', 'Bearer sk-your-openai-key'] as const
const key = (): readonly [string, string] => ['X-Detection-Key', sluice.key()]

/** By lower-case name; names that come more than once have their values in order. */
function fields(headers: HeaderList): Record<string, readonly string[]> {
  const found: Record<string, readonly string[]> = {}
  for (const [name, value] of headers) {
    const own = name.toLowerCase()
    found[own] = [...(found[own] ?? []), value]
  }
  return found
}

test(says('X-Detection-Key | Yes | Your Sluice detection key'), async () => {
  const without = await post([type, authorization])
  expect([without.status, without.text()]).toEqual([
    401,
    '{"error":"Detection key required for proxy endpoints. Add X-Detection-Key header."}',
  ])
  for (const wrong of ['detect_live_your_key_here', `detect_live_${'A'.repeat(40)}`, sluice.key().slice(0, -1)]) {
    const refused = await post([type, authorization, ['X-Detection-Key', wrong]])
    expect([refused.status, refused.text()]).toEqual([401, '{"error":"Invalid detection key"}'])
  }
  expect(upstream.requests).toEqual([])
  expect((await post([type, authorization, key()])).status).toBe(200)
  // It is ours: the provider never sees it.
  expect(Buffer.from(upstream.requests[0]?.rawHead ?? []).toString('latin1')).not.toContain('detect_live_')
})

test(says('Authorization | Yes | Bearer sk-... (your OpenAI API key)'), async () => {
  await post([type, authorization, key()])
  expect(upstream.requests[0]?.header('authorization')).toBe('Bearer sk-your-openai-key')
  // Whether a key is there and valid, the provider says.
  const error =
    '{"error":{"message":"You didn\'t provide an API key.","type":"invalid_request_error","param":null,"code":null}}'
  upstream.respond(json(error, { status: 401, headers: { 'www-authenticate': 'Bearer realm="OpenAI API"' } }))
  const without = await post([type, key()])
  expect(upstream.requests[1]?.header('authorization')).toBeUndefined()
  expect([without.status, without.text()]).toEqual([401, error])
  expect(without.header('www-authenticate')).toBe('Bearer realm="OpenAI API"')
})

test(says('Content-Type | Yes | application/json'), async () => {
  for (const [value, status] of [
    ['application/json', 200],
    ['application/json; charset=utf-8', 200],
    ['Application/JSON', 200],
    ['text/plain', 415],
    ['multipart/form-data; boundary=x', 415],
    ['application/json; charset=utf-16', 415],
  ] as const) {
    upstream.requests.length = 0
    const response = await post([['Content-Type', value], authorization, key()])
    expect([value, response.status]).toEqual([value, status])
    expect(upstream.requests.map((request) => request.header('content-type'))).toEqual(status === 200 ? [value] : [])
    if (status === 415) expect(response.text()).toStartWith('{"error":"')
  }
})

const passed: HeaderList = [
  type,
  authorization,
  ['Accept', 'application/json'],
  ['Accept-Encoding', 'identity'],
  ['Accept-Language', 'en-GB, de;q=0.5'],
  ['User-Agent', 'my-app/1.0 (test)'],
  ['OpenAI-Organization', 'org-123'],
  ['OpenAI-Project', 'proj_456'],
  ['OpenAI-Beta', 'assistants=v2'],
  ['Idempotency-Key', 'b1f1c9a2-0000-4000-8000-000000000001'],
  ['X-Client-Request-Id', 'req-1'],
  ['X-Stainless-Lang', 'js'],
  ['x-stainless-retry-count', '0'],
  ['traceparent', '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'],
  ['tracestate', 'vendor=value'],
  ['baggage', 'a=1;p=2,b=3'],
  ['Cookie', 'a=1; b=2'],
  ['Origin', 'https://app.example'],
  ['Referer', 'https://app.example/page?q=1'],
  ['Cache-Control', 'no-cache'],
  ['X-Session-Id', 'session 1'],
  ['X-My-App', 'any  value, with: signs "and" {"json":1}'],
  ['X-Latin', 'caf\xe9'],
  ['X-Long', 'x'.repeat(4000)],
]
/** What belongs to one connection, or would tell the provider something false. All of it is documented. */
const dropped: HeaderList = [
  ['Connection', 'keep-alive'],
  ['Keep-Alive', 'timeout=5'],
  ['TE', 'trailers'],
  ['Proxy-Authorization', 'Basic eDp5'],
  ['X-Forwarded-For', '10.0.0.1'],
  ['X-Forwarded-Host', 'evil.example'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Sluice-Anything', '1'],
  ['Range', 'bytes=0-10'],
]
/** The connection to the provider has these of its own. */
const framing = ['connection', 'content-length', 'host', 'transfer-encoding']

test(says('All other headers are passed through to OpenAI unchanged.'), async () => {
  expect((await post([...passed, ...dropped, key()])).status).toBe(200)
  const [request] = upstream.requests
  const arrived = fields(request?.headers ?? [])
  const host = arrived['host']
  for (const name of framing) delete arrived[name]
  expect(arrived).toEqual(fields(passed))
  expect(host).toEqual([upstream.url.slice('http://'.length)])
  expect(request?.text()).toBe(body)
})

test(
  says('All other headers are passed through to OpenAI unchanged.', 'sent twice, both values arrive in order'),
  async () => {
    await post([type, authorization, key(), ['X-Twice', 'one'], ['X-Twice', 'two']])
    expect(upstream.requests[0]?.headers.filter(([name]) => name.toLowerCase() === 'x-twice')).toEqual([
      [expect.stringMatching(/^x-twice$/i), 'one, two'],
    ])
  },
)

test(
  says('All other headers are passed through to OpenAI unchanged.', 'what the runtime adds where the client sent none'),
  async () => {
    await post([type, key()])
    const arrived = Object.keys(fields(upstream.requests[0]?.headers ?? []))
    const added = arrived.filter((name) => !framing.includes(name) && name !== 'content-type')
    const adds =
      runtime === 'bun' ? ['accept', 'user-agent'] : ['accept', 'accept-encoding', 'accept-language', 'user-agent']
    expect(added.sort()).toEqual(adds)
  },
)

const returned: HeaderList = [
  ['x-request-id', 'req_1234'],
  ['openai-organization', 'org-123'],
  ['openai-processing-ms', '231'],
  ['openai-version', '2020-10-01'],
  ['x-ratelimit-limit-requests', '10000'],
  ['x-ratelimit-remaining-tokens', '149984'],
  ['x-ratelimit-reset-requests', '6m0s'],
  ['retry-after', '7'],
  ['retry-after-ms', '6512'],
  ['x-should-retry', 'true'],
  ['cache-control', 'no-cache, must-revalidate'],
  ['etag', '"abc"'],
  ['vary', 'Origin'],
  ['strict-transport-security', 'max-age=31536000'],
  ['set-cookie', '__cf_bm=abc; path=/; HttpOnly'],
  ['set-cookie', '_cfuvid=def; path=/; Secure'],
  ['server', 'cloudflare'],
  ['cf-ray', '9a1b2c3d4e5f-LHR'],
  ['alt-svc', 'h3=":443"; ma=86400'],
  ['x-latin', 'caf\xe9'],
]

for (const stream of [false, true]) {
  const what = stream ? 'of a stream' : 'of a whole answer'
  test(
    says('All other headers are passed through to OpenAI unchanged.', `and so are those of the answer, ${what}`),
    async () => {
      const frames = [chunk({ role: 'assistant', content: 'Hi' }), chunk({}, 'stop'), done]
      const own: HeaderList = [...returned, ['keep-alive', 'timeout=5'], ['x-sluice-forged', '1']]
      upstream.respond(stream ? sse(frames, { headers: own }) : json(answer, { headers: own }))
      const response = await post([type, authorization, key()])
      expect(response.text()).toBe(stream ? frames.join('') : answer)
      const arrived = fields(response.headers)
      expect(arrived['x-sluice-exchange-id']).toHaveLength(1)
      // The listener's own: framing, and the time where the provider told none.
      for (const name of [...framing, 'date', 'x-sluice-exchange-id']) delete arrived[name]
      const contentType = stream ? 'text/event-stream; charset=utf-8' : 'application/json'
      expect(arrived).toEqual(fields([...returned, ['content-type', contentType]]))
    },
  )
}
