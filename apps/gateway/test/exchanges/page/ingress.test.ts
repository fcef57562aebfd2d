import { afterAll, beforeAll, beforeEach, expect, test } from 'bun:test'
import { json, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { card, completion, prompt } from './provider.ts'
import { says } from './sentences.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { open: {}, strict: { policies: ['cards'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'cards', match: { types: ['FINANCIAL_*'], lifecycle: ['INGRESS'] }, action: 'BLOCK' }],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})
beforeEach(() => {
  upstream.requests.length = 0
  upstream.respond(json(completion({ content: 'Hi' })))
})

const leak = `My card is ${card}.`
/** Every role a message can have, and content as text and in parts. */
const prompts: Readonly<Record<string, readonly object[]>> = {
  user: [{ role: 'user', content: leak }],
  'user, not the last': [
    { role: 'user', content: leak },
    { role: 'assistant', content: 'Noted.' },
    { role: 'user', content: 'Thanks' },
  ],
  system: [{ role: 'system', content: leak }],
  developer: [{ role: 'developer', content: [{ type: 'text', text: leak }] }],
  assistant: [{ role: 'assistant', content: leak }],
  'user, in parts': [
    {
      role: 'user',
      content: [
        { type: 'text', text: 'See:' },
        { type: 'text', text: leak },
      ],
    },
  ],
  tool: [
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'call_1', type: 'function', function: { name: 'card', arguments: '{}' } }],
    },
    { role: 'tool', tool_call_id: 'call_1', content: leak },
  ],
}

for (const [role, messages] of Object.entries(prompts)) {
  test(
    says('Ingress detection on your prompt messages runs before the request is forwarded to OpenAI.', role),
    async () => {
      const blocked = await sluice.post('/v1/chat/completions', { model: 'gpt-4', messages }, { app: 'strict' })
      expect(await blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
      expect(upstream.requests).toEqual([])
      const { data } = await sluice.eventOf(blocked)
      expect(data).toMatchObject({ outcome: 'blocked', action: 'BLOCK', effectiveAction: 'BLOCK', policy: 'cards' })
      expect(data.detections.map(({ type, lifecycle }) => [type, lifecycle])).toContainEqual([
        'FINANCIAL_CARD_NUMBER',
        'INGRESS',
      ])
      expect(data.upstream).toBeUndefined()

      const observed = await sluice.post('/v1/chat/completions', { model: 'gpt-4', messages }, { app: 'open' })
      expect(observed.status).toBe(200)
      expect(upstream.requests.at(-1)?.json()).toEqual({ model: 'gpt-4', messages })
    },
  )
}

test(
  says('If a policy blocks the input, OpenAI is never called and you receive a block response immediately.'),
  async () => {
    // A provider that never answers: whoever waits for it waits for ever.
    upstream.respond((exchange) => exchange.stall())
    const before = upstream.connections
    for (const stream of [false, true]) {
      const blocked = await sluice.post('/v1/chat/completions', { ...prompt(leak), stream }, { app: 'strict' })
      expect(blocked.status).toBe(200)
      expect(await blocked.text()).toContain('Content blocked due to policy violations')
    }
    expect(upstream.connections).toBe(before)
    expect(upstream.requests).toEqual([])
  },
)
