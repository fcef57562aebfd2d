import { afterAll, beforeAll, expect, test } from 'bun:test'
import { Agent, OpenAIProvider, Runner, tool } from '@openai/agents'
import OpenAI from 'openai'
import { z } from 'zod'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { all, clientOf } from './client.ts'

let provider: Provider
let sluice: TestSluice

const blocked = 'Content blocked due to policy violations'
const leaking = 'My card is 4111 1111 1111 1111.'

beforeAll(async () => {
  provider = await startProvider({ chunkSize: 5 })
  const { mock } = provider
  mock.on({ toolCallId: 'call_1' }, { content: 'It rains in London.' })
  mock.onMessage('weather', { toolCalls: [{ id: 'call_1', name: 'get_weather', arguments: '{"city":"London"}' }] })
  mock.onMessage('leak', { content: leaking })
  sluice = await startSluice({
    upstream: provider.url,
    apps: { app: { policies: ['block'] } },
    config: {
      plugins: [{ use: '@sluice/detector-pii' }],
      policies: [{ id: 'block', match: { types: ['FINANCIAL_*'] }, action: 'BLOCK' }],
    },
  })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

const asked: string[] = []
const weather = tool({
  name: 'get_weather',
  description: 'Get current weather for a city',
  parameters: z.object({ city: z.string() }),
  execute: ({ city }) => {
    asked.push(city)
    return `rain in ${city}`
  },
})
const agent = new Agent({
  name: 'Forecaster',
  instructions: 'Answer in one sentence.',
  model: 'gpt-4o',
  tools: [weather],
})

/** `@openai/agents` as an application has it, on the client that it is given. */
const runnerOf = (openAIClient: OpenAI) =>
  new Runner({
    // The agents' own copy of the client is typed apart from this one.
    modelProvider: new OpenAIProvider({ openAIClient: openAIClient as never, useResponses: true }),
    tracingDisabled: true,
  })
const runner = () => runnerOf(clientOf(sluice))

test('a run that uses a tool asks the provider what it would ask without the gateway', async () => {
  const direct = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'sk-test', maxRetries: 0 })
  const outputs: unknown[] = []
  const bodies: unknown[][] = []
  for (const client of [direct, clientOf(sluice)]) {
    const before = provider.requests.length
    outputs.push((await runnerOf(client).run(agent, 'weather?')).finalOutput)
    bodies.push(provider.requests.slice(before).map((request) => withoutIds(request.json())))
  }
  expect(outputs).toEqual(['It rains in London.', 'It rains in London.'])
  expect(bodies[1]).toEqual(bodies[0] ?? [])
  expect(bodies[1]).toHaveLength(2)
  expect(asked).toEqual(['London', 'London'])
})

test('a run that uses a tool, streamed', async () => {
  const result = await runner().run(agent, 'weather?', { stream: true })
  const pieces = await all(result.toTextStream())
  await result.completed
  expect(pieces.length).toBeGreaterThan(1)
  expect(pieces.join('')).toBe('It rains in London.')
  expect(result.finalOutput).toBe('It rains in London.')
  const events = await waitFor('the records of two streams', async () => {
    const streams = (await sluice.events(0)).filter(({ data }) => data.stream)
    return streams.length >= 2 ? streams : undefined
  })
  expect(events.map(({ data }) => [data.outcome, data.toolCalls.map(({ name }) => name)])).toEqual(
    expect.arrayContaining([
      ['forwarded', ['get_weather']],
      ['forwarded', []],
    ]),
  )
  for (const { data } of events) expect(data.detections).toEqual([])
})

test('a blocked request ends a run with what is said of it, whole and streamed', async () => {
  const before = provider.requests.length
  const whole = await runner().run(agent, leaking)
  expect(whole.finalOutput).toBe(blocked)
  const streamed = await runner().run(agent, leaking, { stream: true })
  expect((await all(streamed.toTextStream())).join('')).toBe(blocked)
  await streamed.completed
  expect(streamed.finalOutput).toBe(blocked)
  expect(provider.requests.length).toBe(before)
})

test('a blocked answer ends a run likewise', async () => {
  expect((await runner().run(agent, 'leak')).finalOutput).toBe(blocked)
})

/** aimock draws ids of items anew for each answer, and the agents send them back. */
function withoutIds(body: unknown): unknown {
  return JSON.parse(JSON.stringify(body), (name, value) => (name === 'id' ? undefined : value))
}
