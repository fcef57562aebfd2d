import { describe, expect, test } from 'bun:test'
import { readFileSync } from 'node:fs'
import type { ExchangeRecord, Json } from '@sluice/core'
import { connectRaw, everySplit, json, type RawResponse, type Responder, type Sendable, sse } from '@sluice/testing'
import { chunks, frame, prompt, streamed, usage, whole } from './answers.ts'
import { detectors, needle, policies } from './needle.ts'
import { found, served, utf8, verdict } from './served.ts'

const gateway = served({
  apps: { out: { policies: ['redact-out'] } },
  config: { plugins: detectors, policies },
})
const chat = '/v1/chat/completions'
const delta = (content: string): Json => ({ choices: [{ index: 0, delta: { content } }] })
const done = 'data: [DONE]\n\n'

/** Streams these bytes through the gateway; they must come as they went. */
async function streamThrough(body: Sendable | readonly Sendable[]): Promise<RawResponse> {
  gateway.upstream.respond(sse(body))
  const answer = await gateway.send(chat, prompt('hi', { stream: true }))
  const sent = body instanceof Uint8Array || typeof body === 'string' ? [body] : body
  expect(Buffer.from(answer.body).equals(Buffer.concat(sent.map((piece) => Buffer.from(piece))))).toBe(true)
  expect(answer.end).toBe('complete')
  return answer
}

/** Every piece is sent when the one before has reached the client: whoever holds one back holds all back. */
async function oneAtATime(pieces: readonly string[]): Promise<string> {
  let came = ''
  let arrived = Promise.withResolvers<void>()
  const responder: Responder = async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    let sent = ''
    for (const piece of pieces) {
      sent += piece
      await exchange.chunk(piece)
      while (came.length < sent.length) await Promise.race([arrived.promise, exchange.pause(3000).then(late)])
    }
  }
  gateway.upstream.respond(responder)
  const answer = await gateway.sluice.post(chat, prompt('hi', { stream: true }))
  const decoder = new TextDecoder()
  for await (const chunk of answer.body ?? []) {
    came += decoder.decode(chunk, { stream: true })
    arrived.resolve()
    arrived = Promise.withResolvers()
  }
  return came
}

function late(): never {
  throw new Error('a piece was held back')
}

// https://github.com/BerriAI/litellm/pull/20027
test('19 a chunk swallowed or re-batched', async () => {
  const pieces = [
    ': a comment before anything\n\n',
    'data: {"choices":[{"index":0,"del',
    'ta":{"content":"a"}}]}\n',
    '\n',
    ': ping\n',
    'event: vendor.unknown\ndata: {"x":1}\n\n',
    'data: no JSON\n\n',
    `${frame(delta('b'))}${frame(delta('c'))}`,
    '\r\n',
    done,
    ': after the end\n\n',
  ]
  expect(await oneAtATime(pieces)).toBe(pieces.join(''))
})

// Measured with openai-node 7.57: without it `.stream()` helpers throw.
test('29 the first role delta is swallowed', async () => {
  const frames = chunks([{ content: `all of ${needle} at once` }], { piece: 5 }).map(frame)
  expect(frames[0]).toContain('"role":"assistant"')
  expect(await oneAtATime([...frames, done])).toBe([...frames, done].join(''))
})

// https://github.com/aisix-ai/aisix/pull/111
describe('20 multi-byte characters cut at a chunk boundary', () => {
  const streams: Readonly<Record<string, string>> = {
    'as they are': [...['你', '😀你', `😀 ${needle} `, 'é😀你'].map((text) => frame(delta(text))), done].join(''),
    'as JSON escapes':
      frame(delta(`x ${needle} y`))
        .replace('x', '\\ud83d\\ude00')
        .replace('y', '\\u4f60') + done,
    'as halves in two frames':
      'data: {"choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\n' +
      `data: {"choices":[{"index":0,"delta":{"content":"\\ude00 ${needle}"}}]}\n\n${done}`,
  }
  test.each(Object.entries(streams))('%s, at each byte', async (_, stream) => {
    const answers: RawResponse[] = []
    for (const { pieces } of everySplit(utf8(stream), { sizes: [2, 3, 5], random: 8 })) {
      answers.push(await streamThrough(pieces))
    }
    const [first, ...others] = await gateway.records(answers)
    expect(first?.detections).toHaveLength(1)
    for (const record of others) expect(verdict(record)).toEqual(verdict(first ?? none()))
  })
})

test('20 multi-byte characters cut at a chunk boundary: of a request', async () => {
  gateway.upstream.respond(json(whole([{ content: 'ok' }])))
  const body = utf8(JSON.stringify(prompt(`你😀é ${needle} 😀你`)))
  const target = new URL(chat, gateway.sluice.url)
  const headers = Object.entries(gateway.sluice.headers()).map(([name, value]) => `${name}: ${value}\r\n`)
  const answers: RawResponse[] = []
  for (const { pieces } of everySplit(body, { sizes: [2, 3], random: 0, singleCuts: 60 })) {
    using connection = await connectRaw(gateway.sluice.url)
    await connection.send(
      `POST ${chat} HTTP/1.1\r\nhost: ${target.host}\r\ncontent-type: application/json\r\n${headers.join('')}transfer-encoding: chunked\r\n\r\n`,
    )
    for (const piece of pieces) {
      await connection.send(Buffer.concat([utf8(`${piece.length.toString(16)}\r\n`), piece, utf8('\r\n')]))
    }
    await connection.send('0\r\n\r\n')
    answers.push(await connection.read())
    expect(Buffer.from(gateway.upstream.requests.at(-1)?.body ?? '').equals(body)).toBe(true)
  }
  const [first, ...others] = await gateway.records(answers)
  expect(first?.detections).toHaveLength(1)
  for (const record of others) expect(verdict(record)).toEqual(verdict(first ?? none()))
})

// https://github.com/alibaba/higress/pull/4620
describe('21 framing of server-sent events', () => {
  const call = { id: 'call_1', name: 'pay', input: `{"to":"${needle}"}` }
  const plain = streamed([{ content: `it is ${needle}, and so on`, calls: [call] }], { piece: 7, usage })
  const ends = ['\n\r\n', '\r\n\r', '\r\r', '\r\r\n', '\n\r', '\n\n']
  const same: Readonly<Record<string, string>> = {
    LF: plain,
    CRLF: plain.replaceAll('\n', '\r\n'),
    CR: plain.replaceAll('\n', '\r'),
    'all ends of a line, mixed': plain.replace(/\n\n/g, (_, at: number) => ends[at % ends.length] ?? ''),
    'no space behind the colon': plain.replaceAll('data: ', 'data:'),
    'a byte order mark': `\ufeff${plain}`,
    'data over several lines': plain.replaceAll('"choices":[', '"choices":\ndata: [\ndata:'),
    'many blank lines': `\n\r\n\n${plain.replaceAll('\n\n', '\n\n\n\r\n')}\n\n`,
    'no blank line at the end': plain.slice(0, -1),
    'no line end at the end': plain.trimEnd(),
    'no [DONE]': plain.slice(0, -done.length),
    'empty comments': plain.replaceAll('data: {', ':\n:\ndata: {'),
  }
  /** Text of their own, which is read too. */
  const more: Readonly<Record<string, string>> = {
    comments: plain.replaceAll('data: {', ': ping\ndata: {'),
    'ids and names': plain.replaceAll('data: {', 'event: message\nid: 1\nretry: 3\ndata: {'),
    'fields nobody knows': plain.replaceAll('data: {', 'vendor: x\ndata: {'),
  }
  test.each([...Object.entries(same), ...Object.entries(more)])('%s', async (name, stream) => {
    const answers = [await streamThrough(plain)]
    for (const { pieces } of everySplit(utf8(stream), { singleCuts: 24, sizes: [5, 64], random: 4 })) {
      answers.push(await streamThrough(pieces))
    }
    const [first, ...others] = await gateway.records(answers)
    const read = (record: ExchangeRecord): object => {
      const { toolCalls, usage, outcome } = record
      return name in same ? verdict(record) : { found: found(record), toolCalls, usage, outcome }
    }
    expect(first?.detections.filter(({ type }) => type !== 'TOOL_CALL_UNDECLARED')).toHaveLength(2)
    for (const record of others) expect(read(record)).toEqual(read(first ?? none()))
  })

  test('a needle split over frames, lines and comments of any framing is still one', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      const [left, right] = [needle.slice(0, 8), needle.slice(8)]
      const frames = [delta(left), delta(right)].map((value) => `data: ${JSON.stringify(value)}${end}${end}`)
      const answer = await streamThrough(frames.join(`: ping${end}${end}`))
      expect((await gateway.record(answer)).detections).toHaveLength(1)
    }
  })
})

// https://github.com/maximhq/bifrost/issues/1829, https://github.com/openai/openai-python/pull/3241
describe('22 parallel tool-call deltas merged', () => {
  const folder = new URL('../../../../../plugins/adapter-openai/fixtures/', import.meta.url)
  test.each([
    'parallel-tools',
    'tools-interleaved',
    'tools-index-repeated',
    'tools-index-missing',
    'tools-id-missing',
    'tools-id-and-name-repeated',
    'tools-name-late',
    'custom-tool',
    'legacy-function-call',
  ])('%s', async (name) => {
    gateway.upstream.respond(json(readFileSync(new URL(`${name}.json`, folder), 'utf8')))
    const answer = await gateway.send(chat, prompt('hi'))
    const stream = await streamThrough(new Uint8Array(readFileSync(new URL(`${name}.chunks.txt`, folder))))
    const [whole, streamed] = await gateway.records([answer, stream])
    expect(streamed?.toolCalls).toEqual(whole?.toolCalls ?? [])
    expect(whole?.toolCalls.length).toBeGreaterThan(0)
    expect(found(streamed ?? none())).toEqual(found(whole ?? none()))
    const ofTools = ({ segments }: ExchangeRecord) => segments.inspected.filter(({ kind }) => kind.startsWith('tool-'))
    expect(ofTools(streamed ?? none())).toEqual(ofTools(whole ?? none()))
  })
})

// https://github.com/BerriAI/litellm/issues/38926
describe('24 the usage chunk lost, doubled, moved or asked for', () => {
  const said = [{ content: 'ok' }]
  const asked: { readonly [name: string]: Json } = { stream: true, stream_options: { include_usage: true } }

  test('asked for: once, last, recorded', async () => {
    const stream = streamed(said, { usage })
    gateway.upstream.respond(sse(stream))
    const answer = await gateway.send(chat, prompt('hi', asked))
    expect(answer.text()).toBe(stream)
    expect(answer.text().match(/"choices":\[\],"usage"/g)).toHaveLength(1)
    expect(answer.text().indexOf('"choices":[],')).toBeGreaterThan(answer.text().indexOf('"finish_reason":"stop"'))
    expect((await gateway.record(answer)).usage).toEqual({ inputTokens: 9, outputTokens: 12 })
  })

  test.each([{ stream: true }, asked, { stream: true, stream_options: null }, { stream: true, stream_options: {} }])(
    'asked for only by the client: %j',
    async (more) => {
      gateway.upstream.respond(sse(streamed(said)))
      const answer = await gateway.send(chat, prompt('hi', more))
      expect(gateway.upstream.requests.at(-1)?.text()).toBe(JSON.stringify(prompt('hi', more)))
      expect(answer.text()).toBe(streamed(said))
      expect((await gateway.record(answer)).usage).toBeUndefined()
    },
  )

  test('in every chunk, null in all but one, or in an answer that is whole', async () => {
    const counted = chunks(said).map((chunk, at) => {
      // Chunks are objects.
      return { ...(chunk as { [name: string]: Json }), usage: { prompt_tokens: 9, completion_tokens: at } }
    })
    const last = { inputTokens: 9, outputTokens: counted.length - 1 }
    const every = await streamThrough([...counted.map(frame), done])
    const nulls = chunks(said).map((chunk) => frame({ ...(chunk as { [name: string]: Json }), usage: null }))
    const one = await streamThrough([...nulls, frame({ choices: [], usage }), done])
    gateway.upstream.respond(json(whole(said, { usage })))
    const answer = await gateway.send(chat, prompt('hi'))
    const records = await gateway.records([every, one, answer])
    const recorded = { inputTokens: 9, outputTokens: 12 }
    expect(records.map((record) => record.usage)).toEqual([last, recorded, recorded])
  })
})

function none(): never {
  throw new Error('no record')
}
