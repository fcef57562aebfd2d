import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { createConnection } from 'node:net'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { connect } from './client.ts'
import { type SocketProvider, startSocketProvider } from './provider.ts'
import { rawClient } from './raw-client.ts'

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

describe('a provider that opens no session', () => {
  const cases: readonly (readonly [string, () => Response, number | undefined])[] = [
    ['refuses the key', () => Response.json({ error: { message: 'bad key' } }, { status: 401 }), 401],
    ['is limited', () => new Response('slow down', { status: 429 }), 429],
    ['redirects', () => new Response(null, { status: 302, headers: { location: 'ws://127.0.0.1:1/' } }), 302],
    ['answers as if nothing were', () => new Response('hello'), 200],
  ]
  for (const [what, answer, status] of cases) {
    test(`${what}: 502, and the record has its status`, async () => {
      await using provider = startSocketProvider({ answer })
      await using sluice = await startSluice({ upstream: provider.url })
      const { head, end } = await rawClient(sluice.url, sluice.headers())
      end()
      expect(head).toStartWith('HTTP/1.1 502 ')
      const [event] = await sluice.events(1)
      expect(event?.data).toMatchObject({
        outcome: 'failed',
        code: 'SLUICE_UPSTREAM_REFUSED',
        status: 502,
        upstream: { status },
      })
    })
  }

  test('is not there: 502', async () => {
    await using sluice = await startSluice({ upstream: 'http://127.0.0.1:1' })
    const { head, end } = await rawClient(sluice.url, sluice.headers())
    end()
    expect(head).toStartWith('HTTP/1.1 502 ')
    expect((await sluice.events(1))[0]?.data).toMatchObject({ code: 'SLUICE_UPSTREAM_UNREACHABLE' })
  })
})

test('a client that leaves while the provider is asked leaves nothing behind', async () => {
  const asked = Promise.withResolvers<AbortSignal>()
  const provider = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch(request) {
      asked.resolve(request.signal)
      return new Promise<Response>(() => undefined)
    },
  })
  await using sluice = await startSluice({ upstream: `http://127.0.0.1:${provider.port}` })
  const { hostname, port } = new URL(sluice.url)
  const client = createConnection(Number(port), hostname)
  const headers = { ...handshake, ...sluice.headers() }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`)
  client.write(`GET /v1/realtime?model=m HTTP/1.1\r\nhost: ${hostname}:${port}\r\n${lines.join('')}\r\n`)
  const signal = await asked.promise
  const gone = new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
  client.destroy()
  await gone
  const [event] = await sluice.events(1)
  expect(event?.data).toMatchObject({ outcome: 'client-aborted', operation: 'realtime.connect' })
  await provider.stop(true)
})

describe('credentials that are pinned', () => {
  let provider: SocketProvider
  let sluice: TestSluice
  beforeAll(async () => {
    provider = startSocketProvider()
    sluice = await startSluice({
      upstream: provider.url,
      apps: { pinned: { credentials: { authorization: [`hmac:${'0'.repeat(64)}`] } } },
    })
  })
  afterAll(async () => {
    await sluice[Symbol.asyncDispose]()
    await provider[Symbol.asyncDispose]()
  })

  test('are pinned in a subprotocol, too', async () => {
    const key = { 'x-detection-key': sluice.key('pinned') }
    for (const headers of [key, { ...key, authorization: 'Bearer sk-other' }]) {
      for (const protocol of ['realtime', 'realtime, openai-insecure-api-key.sk-other']) {
        const { head, end } = await rawClient(sluice.url, { ...headers, 'sec-websocket-protocol': protocol })
        end()
        const twice = 'authorization' in headers && protocol.includes('sk-other')
        expect(head).toStartWith(`HTTP/1.1 ${twice ? 400 : 403} `)
      }
    }
    expect(provider.asked).toEqual([])
  })
})

test('a gateway that stops closes its sessions with 1001, and records them', async () => {
  await using provider = startSocketProvider()
  await using sluice = await startSluice({
    upstream: provider.url,
    config: { server: { shutdownSeconds: 0 }, plugins: [{ use: '@sluice/detector-secrets' }] },
  })
  const client = await connect(sluice)
  const session = await provider.session()
  session.send({ type: 'response.output_text.delta', response_id: 'r', item_id: 'i', delta: 'half of a' })
  await client.next()
  const stopped = sluice.stop()
  expect(await client.closed).toEqual({ code: 1001, reason: 'the gateway is shutting down' })
  await session.closed
  expect(await stopped).toBe(0)
  const [event] = await sluice.events(1)
  expect(event?.data).toMatchObject({ outcome: 'upstream-truncated', code: 'SLUICE_SHUTTING_DOWN' })
  expect(event?.data.segments.inspected).toContainEqual({
    direction: 'egress',
    kind: 'assistant',
    segments: 1,
    chars: 'half of a'.length,
  })
})
