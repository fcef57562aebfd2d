import { describe, expect, test } from 'bun:test'
import { type Responder, text } from '@sluice/testing'
import { prompt, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { served, utf8 } from './served.ts'

const gateway = served({
  apps: { judged: { policies: ['block-out'] }, open: {} },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const body = utf8(whole([{ content: needle }]))
/** In the middle of the needle. */
const middle = Buffer.from(body).indexOf(needle) + needle.length / 2

/** A provider that gives the range it is asked for. */
const ranging: Responder = async (exchange) => {
  const asked = /^bytes=(\d+)-(\d*)$/.exec(exchange.request.header('range') ?? '')
  const [from, to] =
    asked === null ? [0, body.length] : [Number(asked[1]), asked[2] ? Number(asked[2]) + 1 : body.length]
  const part = body.subarray(from, to)
  await exchange.head(asked === null ? 200 : 206, {
    'content-type': 'application/json',
    'content-length': `${part.length}`,
    ...(asked === null ? {} : { 'content-range': `bytes ${from}-${to - 1}/${body.length}` }),
  })
  await exchange.write(part)
}

describe('49 `Range` splits a secret over two downloads', () => {
  test('two halves: neither is asked for, and the whole is judged', async () => {
    gateway.upstream.respond(ranging)
    for (const range of [`bytes=0-${middle - 1}`, `bytes=${middle}-`, 'bytes=-20', 'BYTES=0-1,5-9', 'lines=1-2']) {
      for (const [name, value] of [
        ['range', range],
        ['RANGE', range],
      ] as const) {
        const headers = [
          [name, value],
          ['If-Range', '"etag"'],
        ] as const
        const judged = await gateway.send(chat, prompt('hi'), { app: 'judged', headers })
        expect([judged.status, judged.text().includes(needle)]).toEqual([200, false])
        expect(judged.text()).toContain('Content blocked due to policy violations')
        const open = await gateway.send(chat, prompt('hi'), { app: 'open', headers })
        expect([open.status, open.body]).toEqual([200, body])
        for (const sent of gateway.upstream.requests.slice(-2)) {
          expect([sent.header('range'), sent.header('if-range')]).toEqual([undefined, undefined])
        }
      }
    }
  })

  const partial = (type: string, headers: Readonly<Record<string, string>> = {}): Responder =>
    text(body.subarray(0, middle), { status: 206, headers: { 'content-type': type, ...headers } })

  const endpoints: Readonly<Record<string, object>> = {
    [chat]: prompt('hi'),
    '/v1/completions': { model: 'm', prompt: 'hi' },
    '/v1/embeddings': { model: 'm', input: 'hi' },
    '/v1/moderations': { input: 'hi' },
  }
  test.each(['application/json', 'text/event-stream', 'multipart/byteranges; boundary=b', ''])(
    'a part that nobody asked for, labelled %p: 502',
    async (type) => {
      gateway.upstream.respond(partial(type, { 'content-range': `bytes 0-${middle - 1}/${body.length}` }))
      for (const [path, request] of [...Object.entries(endpoints), [chat, prompt('hi', { stream: true })] as const]) {
        for (const app of ['judged', 'open']) {
          const came = await gateway.send(path, request, { app })
          expect([path, came.status, came.json()]).toEqual([path, 502, { error: expect.any(String) }])
          expect(came.text()).not.toContain(needle.slice(0, needle.length / 2))
        }
      }
    },
  )

  test('a list, which has no body to ask for', async () => {
    gateway.upstream.respond(partial('application/json'))
    const came = await gateway.send('/v1/models', undefined, {
      method: 'GET',
      app: 'open',
      headers: [['range', 'bytes=0-9']],
    })
    expect(came.status).toBe(502)
    expect(gateway.upstream.requests.at(-1)?.header('range')).toBeUndefined()
    expect(await gateway.record(came)).toMatchObject({ code: 'SLUICE_UPSTREAM_REFUSED', upstream: { status: 206 } })
  })
})
