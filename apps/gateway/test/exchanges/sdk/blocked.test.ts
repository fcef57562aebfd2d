import { afterAll, beforeAll, expect, test } from 'bun:test'
import { createOpenAI } from '@ai-sdk/openai'
import { ChatOpenAI } from '@langchain/openai'
import { generateText, streamText } from 'ai'
import OpenAI from 'openai'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { all, clientOf, failure } from './client.ts'

let provider: Provider
let sluice: TestSluice

beforeAll(async () => {
  provider = await startProvider()
  provider.mock.onMessage(/./, { content: 'hi' })
  sluice = await startSluice({
    upstream: provider.url,
    apps: { app: { policies: ['block'] }, harsh: { policies: ['quarantine'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [
        { id: 'block', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' },
        { id: 'quarantine', match: { types: ['FINANCIAL_*'] }, action: 'QUARANTINE' },
      ],
    },
  })
})
afterAll(async () => {
  expect(provider.requests).toEqual([])
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const text = 'Content blocked due to policy violations'
const leaking = 'My card is 4111 1111 1111 1111.'

const langchain = () =>
  new ChatOpenAI({
    model: 'gpt-4',
    apiKey: 'sk-test',
    maxRetries: 0,
    configuration: { baseURL: `${sluice.url}/v1`, defaultHeaders: { 'X-Detection-Key': sluice.key() } },
  })
const ai = () =>
  createOpenAI({ baseURL: `${sluice.url}/v1`, apiKey: 'sk-test', headers: { 'X-Detection-Key': sluice.key() } })

test('`ai` takes a blocked answer for a filtered one, whole and streamed', async () => {
  const whole = await generateText({ model: ai().chat('gpt-4'), prompt: leaking, maxRetries: 0 })
  expect([whole.text, whole.finishReason]).toEqual([text, 'content-filter'])
  const streamed = streamText({ model: ai().chat('gpt-4'), prompt: leaking, maxRetries: 0 })
  expect((await all(streamed.textStream)).join('')).toBe(text)
  expect(await streamed.finishReason).toBe('content-filter')
})

test('LangChain takes a blocked answer for a filtered one, whole and streamed', async () => {
  const whole = await langchain().invoke(leaking)
  expect(whole.content).toBe(text)
  expect(whole.response_metadata).toMatchObject({ finish_reason: 'content_filter' })
  const pieces = await all(await langchain().stream(leaking))
  expect(pieces.map(({ content }) => content).join('')).toBe(text)
})

test("an application is shown what it would be shown of the provider's own filter", async () => {
  const client = clientOf(sluice)
  const messages = [{ role: 'user' as const, content: leaking }]
  const { choices } = await client.chat.completions.create({ model: 'gpt-4', messages })
  expect(choices[0]).toMatchObject({ message: { content: text }, finish_reason: 'content_filter' })
  const moderation = await failure(client.moderations.create({ input: leaking }))
  if (!(moderation instanceof OpenAI.APIError)) throw moderation
  expect<unknown>([moderation.status, moderation.error]).toEqual([451, text])
})

test('403 for an actor in quarantine', async () => {
  const client = clientOf(sluice, 'harsh', { maxRetries: 2 })
  const ask = (content: string) =>
    client.chat.completions.create({ model: 'gpt-4', messages: [{ role: 'user', content }] })
  expect((await ask(leaking)).choices[0]?.finish_reason).toBe('content_filter')
  const error = await failure(ask('Hello'))
  if (!(error instanceof OpenAI.PermissionDeniedError)) throw error
  expect<unknown>(error.error).toBe('Actor is quarantined pending administrator review.')
})
