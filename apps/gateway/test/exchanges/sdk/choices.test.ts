import { afterAll, beforeAll, expect, test } from 'bun:test'
import { json, sse, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, sameAsDirect } from './client.ts'

// aimock gives one choice whatever `n` says, and no log probabilities: this provider is scripted.
let upstream: Upstream
let sluice: TestSluice

const request = {
  model: 'gpt-4',
  n: 2,
  logprobs: true,
  top_logprobs: 1,
  messages: [{ role: 'user' as const, content: 'toss' }],
}
const common = { id: 'chatcmpl-2', created: 1700000000, model: 'gpt-4-0613', service_tier: 'default' }
const token = (text: string) => ({
  token: text,
  logprob: -0.25,
  bytes: [...Buffer.from(text)],
  top_logprobs: [{ token: text, logprob: -0.25, bytes: null }],
})

const answer = {
  ...common,
  object: 'chat.completion',
  choices: ['heads', 'tails'].map((content, index) => ({
    index,
    message: { role: 'assistant', content, refusal: null, annotations: [] },
    logprobs: { content: [token(content)], refusal: null },
    finish_reason: 'stop',
  })),
  usage: {
    prompt_tokens: 5,
    completion_tokens: 4,
    total_tokens: 9,
    completion_tokens_details: { reasoning_tokens: 2 },
    prompt_tokens_details: { cached_tokens: 1 },
  },
}

const chunk = (index: number, delta: object, finish_reason: string | null = null, logprobs: object | null = null) => ({
  ...common,
  object: 'chat.completion.chunk',
  choices: [{ index, delta, logprobs, finish_reason }],
  obfuscation: 'x7'.repeat(index + 1),
})
const piece = (index: number, content: string) =>
  chunk(index, { content }, null, { content: [token(content)], refusal: null })
const frames = [
  chunk(0, { role: 'assistant', content: '', refusal: null }),
  chunk(1, { role: 'assistant', content: '', refusal: null }),
  piece(1, 'ta'),
  piece(0, 'hea'),
  ': a comment is no event\n\n',
  piece(0, 'ds'),
  piece(1, 'ils'),
  chunk(1, {}, 'stop'),
  chunk(0, {}, 'length'),
  'data: [DONE]\n\n',
]

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

test('`n: 2` with log probabilities and details of usage', async () => {
  upstream.respond(json(answer))
  const completion = await sameAsDirect(upstream, sluice, (client) => client.chat.completions.create(request))
  expect<unknown>(completion).toMatchObject(answer)
})

test('`n: 2` streamed: the choices interleave as the provider interleaved them', async () => {
  upstream.respond(sse(frames, { split: 7 }))
  const chunks = await sameAsDirect(upstream, sluice, async (client) =>
    all(await client.chat.completions.create({ ...request, stream: true })),
  )
  expect<unknown>(chunks).toEqual(frames.filter((frame) => typeof frame === 'object'))
})

test('`n: 2` streamed through the `.stream()` helper', async () => {
  upstream.respond(sse(frames))
  const { final, logprobs } = await sameAsDirect(upstream, sluice, async (client) => {
    const logprobs: unknown[] = []
    const stream = client.chat.completions.stream(request)
    stream.on('logprobs.content.done', ({ content }) => logprobs.push(content.map((one) => one.token)))
    return { final: await stream.finalChatCompletion(), logprobs }
  })
  expect(final.choices.map(({ message, finish_reason }) => [message.content, finish_reason])).toEqual([
    ['heads', 'length'],
    ['tails', 'stop'],
  ])
  expect(logprobs).toEqual([
    ['ta', 'ils'],
    ['hea', 'ds'],
  ])
})

test('a refusal, whole and streamed', async () => {
  const message = { role: 'assistant', content: null, refusal: "I can't help with that." }
  upstream.respond(json({ ...answer, choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }] }))
  const one = { model: 'gpt-4', messages: request.messages }
  const whole = await sameAsDirect(upstream, sluice, (client) => client.chat.completions.create(one))
  expect(whole.choices[0]?.message.refusal).toBe(message.refusal)
  upstream.respond(
    sse([
      chunk(0, { role: 'assistant', content: null }),
      chunk(0, { refusal: "I can't " }),
      chunk(0, { refusal: 'help with that.' }),
      chunk(0, {}, 'stop'),
      'data: [DONE]\n\n',
    ]),
  )
  const streamed = await sameAsDirect(upstream, sluice, (client) =>
    client.chat.completions.stream(one).finalChatCompletion(),
  )
  expect(streamed.choices[0]?.message.refusal).toBe(message.refusal)
})

test('an error in the middle of a stream is thrown as the client throws it', async () => {
  const error = { message: 'The server had an error', type: 'server_error', param: null, code: 'overloaded' }
  upstream.respond(sse([piece(0, 'hea'), { error }]))
  const seen = await sameAsDirect(upstream, sluice, async (client) => {
    const pieces: unknown[] = []
    try {
      for await (const { choices } of await client.chat.completions.create({ ...request, stream: true })) {
        pieces.push(choices[0]?.delta.content)
      }
    } catch (thrown) {
      return { pieces, thrown: thrown instanceof Error ? [thrown.name, thrown.message] : thrown }
    }
    return { pieces, thrown: undefined }
  })
  expect(seen.pieces).toEqual(['hea'])
  expect(JSON.stringify(seen.thrown)).toContain('The server had an error')
})

test('a stream that is cut off: what came arrives, then the loop throws, and the record says truncated', async () => {
  const { promise: seen, resolve: saw } = Promise.withResolvers<void>()
  upstream.respond(async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    for (const content of ['hea', 'ds']) await exchange.chunk(`data: ${JSON.stringify(piece(0, content))}\n\n`)
    await seen
    exchange.cut()
  })
  const { data, response } = await clientOf(sluice)
    .chat.completions.create({ ...request, stream: true })
    .withResponse()
  let said = ''
  const loop = (async () => {
    for await (const { choices } of data) {
      said += choices[0]?.delta.content ?? ''
      if (said === 'heads') saw()
    }
  })()
  await expect(loop).rejects.toThrow()
  expect(said).toBe('heads')
  expect((await sluice.eventOf(response)).data.outcome).toBe('upstream-truncated')
})
