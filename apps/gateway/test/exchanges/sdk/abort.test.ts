import { afterAll, beforeAll, expect, test } from 'bun:test'
import { type Responder, sse, startUpstream, type Upstream } from '@sluice/testing'
import { APIConnectionTimeoutError, APIUserAbortError } from 'openai'
import { startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { clientOf, failure } from './client.ts'

// aimock does not notice a client that leaves: this provider is scripted, and says when it did.
let upstream: Upstream
let sluice: TestSluice

const ask = { model: 'gpt-4', messages: [{ role: 'user' as const, content: 'go on' }] }
const frame = (content: string) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1700000000,
  model: 'gpt-4',
  choices: [{ index: 0, delta: { role: 'assistant', content }, finish_reason: null }],
})
/** Says two words, then nothing more and no end. */
const endless: Responder = sse([frame('one'), frame(' two')], { end: 'stall' })

beforeAll(async () => {
  upstream = await startUpstream()
  sluice = await startSluice({ upstream: upstream.url, config: { plugins: [{ use: '@sluice/detector-secrets' }] } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await upstream.close()
})

/** Leaves by `leave`, and answers how many milliseconds later the provider was left. */
async function msUntilLeft(leave: () => void): Promise<number> {
  const exchange = upstream.exchanges.at(-1)
  if (exchange?.state !== 'open') throw new Error('the provider is not answering')
  const left = performance.now()
  leave()
  return (await exchange.aborted) - left
}

test('`stream.controller.abort()` ends the call to the provider within a second', async () => {
  upstream.respond(endless)
  const { data, response } = await clientOf(sluice)
    .chat.completions.create({ ...ask, stream: true })
    .withResponse()
  let said = ''
  let waited: Promise<number> | undefined
  for await (const { choices } of data) {
    said += choices[0]?.delta.content ?? ''
    if (said === 'one two') waited = msUntilLeft(() => data.controller.abort())
  }
  expect(said).toBe('one two')
  expect(await waited).toBeLessThan(1000)
  const event = await sluice.eventOf(response)
  expect(event.data).toMatchObject({ outcome: 'client-aborted', status: 200, stream: true })
  // What had come until then was read all the same.
  expect(event.data.segments.inspected).toContainEqual({
    direction: 'egress',
    kind: 'assistant',
    segments: 1,
    chars: 'one two'.length,
  })
})

test('leaving the loop by `break` ends the call to the provider within a second', async () => {
  upstream.respond(endless)
  const stream = await clientOf(sluice).chat.completions.create({ ...ask, stream: true })
  let waited: Promise<number> | undefined
  for await (const _ of stream) {
    waited = msUntilLeft(() => undefined)
    break
  }
  expect(await waited).toBeLessThan(1000)
})

test('`.abort()` of the `.stream()` helper ends the call to the provider within a second', async () => {
  upstream.respond(endless)
  const stream = clientOf(sluice).chat.completions.stream(ask)
  const waited = new Promise<number>((resolve) => {
    stream.once('content', () => resolve(msUntilLeft(() => stream.abort())))
  })
  expect(await failure(stream.finalContent())).toBeInstanceOf(APIUserAbortError)
  expect(await waited).toBeLessThan(1000)
})

test('a signal that is aborted before the provider has answered ends the call within a second', async () => {
  upstream.respond((exchange) => exchange.stall())
  const before = upstream.exchanges.length
  const abort = new AbortController()
  const failed = failure(clientOf(sluice).chat.completions.create(ask, { signal: abort.signal }))
  await upstream.until(() => upstream.exchanges.length > before)
  expect(await msUntilLeft(() => abort.abort())).toBeLessThan(1000)
  expect(await failed).toBeInstanceOf(APIUserAbortError)
  const event = await waitFor('its record', async () => (await sluice.events(0)).find(({ data }) => !data.stream))
  expect(event.data.outcome).toBe('client-aborted')
  expect(event.data.status).toBeUndefined()
})

test("the client's own time-out ends the call to the provider", async () => {
  upstream.respond((exchange) => exchange.stall())
  const before = upstream.exchanges.length
  const client = clientOf(sluice, undefined, { timeout: 300 })
  const failed = failure(client.chat.completions.create(ask))
  await upstream.until(() => upstream.exchanges.length > before)
  expect(await failed).toBeInstanceOf(APIConnectionTimeoutError)
  await upstream.until(() => upstream.open === 0)
})
