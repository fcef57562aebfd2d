import { afterAll, beforeAll, expect, test } from 'bun:test'
import { json, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice } from '../harness/sluice.ts'

let upstream: Upstream
let sluice: TestSluice

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({
    upstream: upstream.url,
    apps: { open: {}, strict: { policies: ['block-cards'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }, { use: '@sluice/detector-secrets' }],
      policies: [
        { id: 'block-cards', match: { types: ['FINANCIAL_*'], lifecycle: ['INGRESS'] }, action: 'BLOCK' },
        { id: 'redact', match: { types: ['PII_EMAIL'] }, action: 'REDACT' },
      ],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

const answer =
  '{"id":"x","object":"chat.completion","created":1,"model":"gpt-4","choices":[{"index":0,"message":{"role":"assistant","content":"hi"},"finish_reason":"stop"}]}'

test('a card number in a prompt is blocked by a rule, and recorded without one', async () => {
  upstream.respond(json(answer))
  const body = { model: 'gpt-4', messages: [{ role: 'user', content: 'My card is 4111 1111 1111 1111, thanks' }] }
  const blocked = await sluice.post('/v1/chat/completions', body, { app: 'strict' })
  expect(await blocked.json()).toMatchObject({ choices: [{ finish_reason: 'content_filter' }] })
  expect(upstream.requests).toHaveLength(0)
  const passed = await sluice.post('/v1/chat/completions', body, { app: 'open' })
  expect(await passed.text()).toBe(answer)
  const event = await sluice.eventOf(passed)
  expect(event.data).toMatchObject({
    outcome: 'forwarded',
    detections: [{ type: 'FINANCIAL_CARD_NUMBER', lifecycle: 'INGRESS' }],
  })
  expect((await sluice.eventOf(blocked)).data).toMatchObject({
    outcome: 'blocked',
    action: 'BLOCK',
    policy: 'block-cards',
  })
})
