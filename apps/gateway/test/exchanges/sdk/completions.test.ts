import { afterAll, beforeAll, expect, test } from 'bun:test'
import { json, sse, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, sameAsDirect } from './client.ts'

// aimock does not have the older completions: this provider is scripted.
let upstream: Upstream
let sluice: TestSluice

const common = { id: 'cmpl-1', object: 'text_completion', created: 1700000000, model: 'gpt-3.5-turbo-instruct' }
const request = { model: 'gpt-3.5-turbo-instruct', prompt: ['Say this', 'Say that'], logprobs: 1, max_tokens: 7 }

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url, config: { plugins: [{ use: '@sluice/detector-secrets' }] } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

test('a whole text completion', async () => {
  const logprobs = { tokens: ['this'], token_logprobs: [-0.5], top_logprobs: [{ this: -0.5 }], text_offset: [0] }
  const choices = [
    { text: 'this', index: 0, logprobs, finish_reason: 'length' },
    { text: 'that', index: 1, logprobs: null, finish_reason: 'stop' },
  ]
  upstream.respond(json({ ...common, choices, usage: { prompt_tokens: 4, completion_tokens: 2, total_tokens: 6 } }))
  const completion = await sameAsDirect(upstream, sluice, (client) => client.completions.create(request))
  expect<unknown>(completion.choices).toEqual(choices)
})

test('a streamed text completion', async () => {
  const piece = (index: number, text: string, finish_reason: string | null = null) => ({
    ...common,
    choices: [{ text, index, logprobs: null, finish_reason }],
  })
  const frames = [piece(0, 'th'), piece(1, 'tha'), piece(0, 'is'), piece(1, 't', 'stop'), piece(0, '', 'length')]
  upstream.respond(sse([...frames, 'data: [DONE]\n\n'], { split: 11 }))
  const chunks = await sameAsDirect(upstream, sluice, async (client) =>
    all(await client.completions.create({ ...request, stream: true })),
  )
  expect<unknown>(chunks).toEqual(frames)
  const { data, response } = await clientOf(sluice)
    .completions.create({ ...request, stream: true })
    .withResponse()
  await all(data)
  const event = await sluice.eventOf(response)
  expect(event.data).toMatchObject({ outcome: 'forwarded', operation: 'completions.create', stream: true })
  expect(event.data.segments.inspected).toContainEqual({
    direction: 'egress',
    kind: 'assistant',
    segments: 2,
    chars: 'thisthat'.length,
  })
})
