import { afterAll, beforeAll, expect, test } from 'bun:test'
import { brotliCompressSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import { type Responder, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf } from './client.ts'

let upstream: Upstream
let sluice: TestSluice

const codings = { gzip: gzipSync, br: brotliCompressSync, deflate: deflateSync, zstd: zstdCompressSync } as const
const ask = { model: 'gpt-4', messages: [{ role: 'user' as const, content: 'hello' }] }
const said = 'It is ada.lovelace@engine-works.com 😀'
const common = { id: 'chatcmpl-1', created: 1700000000, model: 'gpt-4' }
const answer = JSON.stringify({
  ...common,
  object: 'chat.completion',
  choices: [{ index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' }],
})
const frame = (delta: object, finish_reason: string | null) =>
  `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason }] })}\n\n`
const stream = `${frame({ role: 'assistant', content: said }, null)}${frame({}, 'stop')}data: [DONE]\n\n`

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url, config: { plugins: [{ use: '@sluice/detector-pii' }] } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

/** Answers coded, if the coding is accepted or `always`. */
function coded(coding: keyof typeof codings, always: boolean): Responder {
  return async (exchange) => {
    const streamed = exchange.request.text().includes('"stream":true')
    const plain = Buffer.from(streamed ? stream : answer)
    const accepted = (exchange.request.header('accept-encoding') ?? '').includes(coding)
    const body = accepted || always ? codings[coding](plain) : plain
    await exchange.head(200, {
      'content-type': streamed ? 'text/event-stream' : 'application/json',
      ...(body === plain ? {} : { 'content-encoding': coding }),
      'content-length': `${body.length}`,
    })
    await exchange.write(body)
  }
}

for (const coding of Object.keys(codings) as (keyof typeof codings)[]) {
  for (const always of [false, true]) {
    test(`${coding}, ${always ? 'although nobody asked for it' : 'where it is accepted'}: whole and streamed`, async () => {
      upstream.respond(coded(coding, always))
      const client = clientOf(sluice)
      const whole = await client.chat.completions.create(ask).withResponse()
      expect(whole.data.choices[0]?.message.content).toBe(said)
      const streamed = await client.chat.completions.create({ ...ask, stream: true }).withResponse()
      const chunks = await all(streamed.data)
      expect(chunks.map(({ choices }) => choices[0]?.delta.content ?? '').join('')).toBe(said)
      for (const { response } of [whole, streamed]) {
        expect((await sluice.eventOf(response)).data).toMatchObject({
          outcome: 'forwarded',
          detections: [{ type: 'PII_EMAIL', lifecycle: 'EGRESS', start: 6 }],
        })
      }
    })
  }
}
