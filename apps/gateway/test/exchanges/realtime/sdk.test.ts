import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import OpenAI from 'openai'
import { OpenAIRealtimeWebSocket } from 'openai/realtime/websocket'
import { OpenAIRealtimeWS } from 'openai/realtime/ws'
import type { RealtimeServerEvent } from 'openai/resources/realtime/realtime'
import { type Provider, startProvider } from '../../harness/aimock.ts'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { certificate, startTlsFront } from './tls-front.ts'

let provider: Provider
let sluice: TestSluice
let front: Awaited<ReturnType<typeof startTlsFront>>

beforeAll(async () => {
  provider = await startProvider()
  provider.mock.onMessage('hello', { content: 'Hello to you, too.' })
  provider.mock.onMessage('weather', { toolCalls: [{ name: 'get_weather', arguments: '{"city":"Rome"}' }] })
  provider.mock.onMessage('vault', { toolCalls: [{ name: 'open_vault', arguments: '{}' }] })
  provider.mock.onMessage('card', { content: `Your card is ${needle}.` })
  sluice = await startSluice({
    upstream: provider.url,
    apps: { app: { policies: ['block'] } },
    config: {
      plugins: [...detectors, { use: '@sluice/tool-filter-rules', options: { deny: ['open_vault'] } }],
      policies: [{ id: 'block', match: { types: [needleType] }, action: 'BLOCK' }],
    },
  })
  front = await startTlsFront(Number(new URL(sluice.url).port))
})
afterAll(async () => {
  await front[Symbol.asyncDispose]()
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

/** The official client, with a base URL and one header of ours. */
function clientOf(): OpenAI {
  return new OpenAI({
    baseURL: `https://localhost:${front.port}/v1`,
    apiKey: 'sk-test',
    defaultHeaders: { 'X-Detection-Key': sluice.key() },
  })
}

type Realtime = OpenAIRealtimeWS | OpenAIRealtimeWebSocket
type Type = RealtimeServerEvent['type']

/** Events in a queue, so that a test can wait for one after the other. */
function heard(realtime: Realtime): { until(type: Type): Promise<RealtimeServerEvent[]> } {
  const events: RealtimeServerEvent[] = []
  let wake = (): void => undefined
  realtime.on('event', (event) => {
    events.push(event)
    wake()
  })
  // Without a listener the client throws.
  realtime.on('error', () => undefined)
  return {
    async until(type) {
      for (;;) {
        const at = events.findIndex((event) => event.type === type)
        if (at >= 0) return events.splice(0, at + 1)
        await new Promise<void>((resolve) => {
          wake = resolve
        })
      }
    },
  }
}

function say(realtime: Realtime, text: string): void {
  realtime.send({
    type: 'conversation.item.create',
    item: { type: 'message', role: 'user', content: [{ type: 'input_text', text }] },
  })
  realtime.send({ type: 'response.create' })
}

const tool = (name: string) => ({ type: 'function' as const, name, parameters: { type: 'object', properties: {} } })

async function openWs(): Promise<{ realtime: OpenAIRealtimeWS; events: ReturnType<typeof heard> }> {
  const realtime = new OpenAIRealtimeWS({ model: 'gpt-realtime', options: { ca: certificate } }, clientOf())
  const events = heard(realtime)
  await events.until('session.created')
  return { realtime, events }
}

function textOf(events: readonly RealtimeServerEvent[]): string {
  return events.map((event) => (event.type === 'response.output_text.delta' ? event.delta : '')).join('')
}

describe('the official client (openai/realtime/ws)', () => {
  test('a conversation, a tool call, its result', async () => {
    const { realtime, events } = await openWs()
    realtime.send({
      type: 'session.update',
      session: { type: 'realtime', output_modalities: ['text'], tools: [tool('get_weather')] },
    })
    await events.until('session.updated')
    say(realtime, 'hello')
    expect(textOf(await events.until('response.done'))).toBe('Hello to you, too.')
    say(realtime, 'weather')
    const calling = await events.until('response.done')
    const call = calling.find((event) => event.type === 'response.function_call_arguments.done')
    expect(call).toMatchObject({ arguments: '{"city":"Rome"}' })
    realtime.send({
      type: 'conversation.item.create',
      item: { type: 'function_call_output', call_id: 'call_1', output: 'sunny' },
    })
    await events.until('conversation.item.added')
    realtime.close()
    const [event] = await sluice.events(1)
    expect(event?.data).toMatchObject({
      outcome: 'forwarded',
      toolCalls: [{ name: 'get_weather' }],
      trust: { before: 0, after: 0.2 },
    })
  })

  test('what is blocked is an error of the API, and the session goes on', async () => {
    const { realtime, events } = await openWs()
    const failed = new Promise<unknown>((resolve) => realtime.on('error', resolve))
    realtime.send({
      type: 'conversation.item.create',
      event_id: 'mine',
      item: { type: 'message', role: 'user', content: [{ type: 'input_text', text: `a card ${needle}` }] },
    })
    expect(await failed).toMatchObject({ error: { code: 'content_blocked', event_id: 'mine' } })
    say(realtime, 'hello')
    await events.until('error')
    expect(textOf(await events.until('response.done'))).toBe('Hello to you, too.')
    realtime.close()
  })

  test('a denied tool is not offered, and a call of it does not arrive as one', async () => {
    const { realtime, events } = await openWs()
    realtime.send({ type: 'session.update', session: { type: 'realtime', tools: [tool('open_vault'), tool('other')] } })
    const [updated] = (await events.until('session.updated')).slice(-1)
    expect(JSON.stringify(updated)).toContain('other')
    expect(JSON.stringify(updated)).not.toContain('open_vault')
    say(realtime, 'vault')
    const seen = await events.until('response.done')
    expect(seen.map(({ type }) => type)).not.toContain('response.function_call_arguments.done')
    expect(seen.at(-1)).toMatchObject({ response: { status: 'incomplete', output: [] } })
    realtime.close()
  })
})

describe('the official client for browsers (openai/realtime/websocket)', () => {
  test('with the detection key among the subprotocols', async () => {
    const standard = globalThis.WebSocket
    const key = sluice.key()
    // Browsers can set no header, and this client has no option for a subprotocol of one's own.
    class WithKey extends standard {
      constructor(url: string | URL, protocols: string | string[] = []) {
        const offered = [`sluice-detection-key.${key}`, ...[protocols].flat()]
        // Of Bun alone: browsers know their authorities from elsewhere.
        const options = { protocols: offered, tls: { ca: certificate } } as unknown as string[]
        super(url, options)
      }
    }
    globalThis.WebSocket = WithKey as typeof WebSocket
    try {
      const client = new OpenAI({ baseURL: `https://localhost:${front.port}/v1`, apiKey: 'sk-browser' })
      const realtime = new OpenAIRealtimeWebSocket({ model: 'gpt-realtime' }, client)
      const events = heard(realtime)
      await events.until('session.created')
      expect(realtime.socket.protocol).toBe('realtime')
      say(realtime, 'hello')
      await events.until('response.done')
      realtime.close()
    } finally {
      globalThis.WebSocket = standard
    }
  })
})
