import { afterAll, beforeAll, expect, test } from 'bun:test'
import type OpenAI from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, sameAsDirect } from './client.ts'

let provider: Provider
let sluice: TestSluice

const said = 'Hi 😀 你好, nothing is lost on the way.'
const hello = { model: 'gpt-4', messages: [{ role: 'user' as const, content: 'hello' }] }

beforeAll(async () => {
  // Four UTF-16 units a chunk: the 😀 is cut in two.
  provider = await startProvider({ chunkSize: 4 })
  sluice = await startSluice({ upstream: provider.url })
  provider.mock.onMessage('hello', {
    content: said,
    id: 'chatcmpl-1',
    created: 1700000000,
    systemFingerprint: 'fp_1',
    usage: { prompt_tokens: 7, completion_tokens: 3 },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

test('a whole completion', async () => {
  const completion = await sameAsDirect(provider, sluice, (client) => client.chat.completions.create(hello))
  expect(completion).toMatchObject({
    object: 'chat.completion',
    choices: [{ index: 0, message: { role: 'assistant', content: said }, finish_reason: 'stop' }],
    usage: { prompt_tokens: 7, completion_tokens: 3, total_tokens: 10 },
    system_fingerprint: 'fp_1',
  })
})

test('members of the request that nobody knows, and numbers as they were spelled, reach the provider', async () => {
  // The client sends what it does not know, too.
  const request = { ...hello, seed: 9007199254740991, not_yet_invented: { x: [1e21, null] } }
  await sameAsDirect(provider, sluice, (client) => client.chat.completions.create(request))
  expect(provider.last().json()).toMatchObject({ not_yet_invented: { x: [1e21, null] } })
})

test('a streamed completion: the same chunks in the same order', async () => {
  const chunks = await sameAsDirect(provider, sluice, async (client) =>
    all(await client.chat.completions.create({ ...hello, stream: true })),
  )
  expect(chunks.length).toBeGreaterThan(8)
  expect(chunks[0]?.choices[0]?.delta).toEqual({ role: 'assistant', content: '' })
  expect(chunks.map((chunk) => chunk.choices[0]?.delta.content ?? '').join('')).toBe(said)
  expect(chunks.at(-1)?.choices[0]?.finish_reason).toBe('stop')
})

test('usage in a stream: once, last, and only if it was asked for', async () => {
  const ask = (include_usage: boolean) =>
    sameAsDirect(provider, sluice, async (client) =>
      all(await client.chat.completions.create({ ...hello, stream: true, stream_options: { include_usage } })),
    )
  const withUsage = await ask(true)
  expect(withUsage.filter(({ usage }) => usage)).toEqual(withUsage.slice(-1))
  expect(withUsage.at(-1)).toMatchObject({ choices: [], usage: { prompt_tokens: 7, completion_tokens: 3 } })
  expect((await ask(false)).filter(({ usage }) => usage)).toEqual([])
})

test('the `.stream()` helper: its events and its final completion', async () => {
  const { events, final } = await sameAsDirect(provider, sluice, async (client) => {
    const events: unknown[] = []
    const stream = client.chat.completions.stream(hello)
    stream.on('connect', () => events.push('connect'))
    stream.on('chunk', ({ choices }) => events.push(['chunk', choices]))
    stream.on('content.delta', ({ delta, snapshot }) => events.push(['content.delta', delta, snapshot]))
    stream.on('content.done', ({ content }) => events.push(['content.done', content]))
    stream.on('finalContent', (content) => events.push(['finalContent', content]))
    stream.on('end', () => events.push('end'))
    const final = await stream.finalChatCompletion()
    await stream.done()
    return { events, final, text: await stream.finalContent() }
  })
  expect(events[0]).toBe('connect')
  expect(events).toContainEqual(['content.done', said])
  expect(final.choices[0]?.message.content).toBe(said)
})

test('a conversation of every role and of content in parts', async () => {
  const messages: OpenAI.ChatCompletionMessageParam[] = [
    { role: 'developer', content: 'be brief' },
    { role: 'system', content: [{ type: 'text', text: 'and kind' }] },
    { role: 'assistant', content: 'Yes?' },
    {
      role: 'user',
      name: 'ada',
      content: [
        { type: 'text', text: 'hello, what is this?' },
        { type: 'image_url', image_url: { url: 'data:image/gif;base64,R0lGODlhAQABAAAAACw=', detail: 'low' } },
      ],
    },
  ]
  const completion = await sameAsDirect(provider, sluice, (client) =>
    client.chat.completions.create({ ...hello, messages }),
  )
  expect(completion.choices[0]?.message.content).toBe(said)
})

test("the provider's request id and the exchange's own reach the application", async () => {
  const { response, request_id } = await clientOf(sluice).chat.completions.create(hello).withResponse()
  expect(request_id).toMatch(/.+/)
  expect(provider.mock.getLastRequest()?.headers['x-request-id']).toBe(request_id ?? '')
  const event = await sluice.eventOf(response)
  expect(event.data).toMatchObject({
    outcome: 'forwarded',
    operation: 'chat.completions.create',
    model: 'gpt-4',
    stream: false,
    usage: { inputTokens: 7, outputTokens: 3 },
  })
})
