import { afterAll, beforeAll, expect, test } from 'bun:test'
import { sse, startUpstream, type Upstream } from '@sluice/testing'
import OpenAI from 'openai'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, chunk, done, email, PacedStream, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: {
      open: {},
      strict: { policies: ['cards'] },
      scored: { policies: ['cards'] },
      harsh: { policies: ['quarantine'] },
    },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [
        { id: 'cards', match: { types: ['FINANCIAL_*'], lifecycle: ['EGRESS'] }, action: 'BLOCK' },
        { id: 'quarantine', match: { types: ['FINANCIAL_*'], lifecycle: ['EGRESS'] }, action: 'QUARANTINE' },
      ],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

const client = (app?: string) =>
  new OpenAI({
    apiKey: 'sk-your-openai-key',
    baseURL: `${sluice.url}/v1`,
    defaultHeaders: { 'X-Detection-Key': sluice.key(app) },
    maxRetries: 0,
  })

const words = ['Quantum', ' computers', ' use', ' qubits', '.']
const explained = [
  chunk({ role: 'assistant', content: '' }),
  ...words.map((content) => chunk({ content })),
  chunk({}, 'stop'),
  done,
]
/** The card's number comes in pieces: no frame holds it. */
const leaking = [
  chunk({ role: 'assistant', content: '' }),
  ...['It is 4', '111 11', '11 1111 1', '111, keep it'].map((content) => chunk({ content })),
  chunk({}, 'stop'),
  done,
]
const ask = { ...prompt('Explain quantum computing'), stream: true as const }

test(says('Streaming works out of the box.'), async () => {
  upstream.respond(sse(explained))
  const response = await sluice.post('/v1/chat/completions', ask)
  expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
  expect(await response.text()).toBe(explained.join(''))
})

test(says('for chunk in stream: print(chunk.choices[0].delta.content or "", end="")'), async () => {
  upstream.respond(sse(explained))
  const stream = await client().chat.completions.create(ask)
  let printed = ''
  for await (const { choices } of stream) printed += choices[0]?.delta.content ?? ''
  expect(printed).toBe(words.join(''))
})

test(says('Sluice forwards content chunks to your application in real time.'), async () => {
  // Bytes, not yet events: cut anywhere, also within a character, each piece must have arrived before the next is sent.
  const stream = Buffer.from([chunk({ content: 'ψ 😀' }), ...explained].join(''))
  const pieces = Array.from({ length: Math.ceil(stream.length / 61) }, (_, at) =>
    stream.subarray(at * 61, at * 61 + 61),
  )
  const paced = new PacedStream(pieces)
  upstream.respond(paced.respond)
  const response = await sluice.post('/v1/chat/completions', ask)
  let received = 0
  let seen = 0
  const arrived: Uint8Array[] = []
  for await (const bytes of response.body ?? []) {
    arrived.push(bytes)
    received += bytes.length
    if (received < Math.min((seen + 1) * 61, stream.length)) continue
    paced.saw(seen)
    seen += 1
  }
  expect(seen).toBe(pieces.length)
  expect(Buffer.concat(arrived).toString('hex')).toBe(stream.toString('hex'))
})

test(
  says('Content chunks (delta.content) are forwarded to your application immediately as they arrive from OpenAI.'),
  async () => {
    const paced = new PacedStream(explained)
    upstream.respond(paced.respond)
    const stream = await client().chat.completions.create(ask)
    const seen: string[] = []
    let frame = 0
    for await (const { choices } of stream) {
      const content = choices[0]?.delta.content
      if (content) seen.push(content)
      // The provider has said no more than what was just seen.
      expect(upstream.exchanges.at(-1)?.state).toBe('open')
      paced.saw(frame)
      frame += 1
    }
    expect(seen).toEqual(words)
    paced.saw(frame)
  },
)

test(says('Egress detection runs on the accumulated full response after the stream completes.'), async () => {
  const paced = new PacedStream(leaking)
  upstream.respond(paced.respond)
  const { data, response } = await client('strict').chat.completions.create(ask).withResponse()
  const id = response.headers.get('x-sluice-exchange-id') ?? ''
  let said = ''
  let frame = 0
  for await (const { choices } of data) {
    said += choices[0]?.delta.content ?? ''
    // All of the number is there, and nothing is judged as long as more may come.
    if (said.includes(card)) expect((await sluice.events(0)).some((event) => event.id === id)).toBe(false)
    paced.saw(frame)
    frame += 1
  }
  paced.saw(frame)
  expect(said).toBe(`It is ${card}, keep it`)
  expect((await sluice.eventOf(id)).data.detections).toMatchObject([
    { type: 'FINANCIAL_CARD_NUMBER', lifecycle: 'EGRESS', kind: 'assistant', start: 6, end: 6 + card.length },
  ])
})

const applied =
  "If a policy violation is detected in the response, enforcement is applied after accumulation (e.g. the violation is logged or the actor's trust score is adjusted)." as const

test(
  says(
    "If a policy violation is detected in the response, enforcement is applied after accumulation (e.g. the violation is logged or the actor's trust score is adjusted).",
    'the violation is logged, with the action that would have applied',
  ),
  async () => {
    upstream.respond(sse(leaking))
    const response = await sluice.post('/v1/chat/completions', ask, { app: 'strict' })
    // Untouched, to the byte.
    expect(await response.text()).toBe(leaking.join(''))
    const { data } = await sluice.eventOf(response)
    expect(data).toMatchObject({
      outcome: 'forwarded',
      stream: true,
      action: 'BLOCK',
      effectiveAction: 'LOG',
      policy: 'cards',
      decisions: [{ lifecycle: 'EGRESS', action: 'BLOCK', effectiveAction: 'LOG', matches: [{ policy: 'cards' }] }],
    })
    expect(JSON.stringify(data)).not.toContain('4111')
  },
)

test(says(applied, 'without a policy it is logged as a detection'), async () => {
  upstream.respond(sse([chunk({ role: 'assistant', content: `Write to ${email}` }), chunk({}, 'stop'), done]))
  const response = await sluice.post('/v1/chat/completions', ask)
  await response.text()
  const { data } = await sluice.eventOf(response)
  expect(data.detections).toMatchObject([{ type: 'PII_EMAIL', lifecycle: 'EGRESS' }])
  expect([data.action, data.effectiveAction]).toEqual(['LOG', 'LOG'])
})

test(says(applied, "the actor's trust score is adjusted"), async () => {
  const scoreAfter = async (frames: readonly string[]) => {
    upstream.respond(sse(frames))
    const response = await sluice.post('/v1/chat/completions', ask, { app: 'scored' })
    await response.text()
    return (await sluice.eventOf(response)).data.trust
  }
  const earned = await scoreAfter(explained)
  expect(earned?.after).toBeGreaterThan(earned?.before ?? 0)
  const lost = await scoreAfter(leaking)
  expect(lost?.before).toBe(earned?.after ?? -1)
  expect(lost?.after).toBeLessThan(lost?.before ?? 0)
})

test(says(applied, 'an actor in quarantine gets no further'), async () => {
  upstream.respond(sse(leaking))
  const leak = await sluice.post('/v1/chat/completions', ask, { app: 'harsh' })
  expect(await leak.text()).toBe(leaking.join(''))
  expect((await sluice.eventOf(leak)).data).toMatchObject({ action: 'QUARANTINE', effectiveAction: 'QUARANTINE' })
  const next = await sluice.post('/v1/chat/completions', prompt('Hello'), { app: 'harsh' })
  expect(next.status).toBe(403)
  expect(await next.json()).toEqual({ error: 'Actor is quarantined pending administrator review.' })
})
