import { afterAll, describe, expect, test } from 'bun:test'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { frame, type RawClient, rawClient } from '../realtime/raw-client.ts'
import { served } from '../realtime/served.ts'

const gateway = served({
  apps: { app: {} },
  config: { plugins: [{ use: '@sluice/detector-secrets' }], limits: { maxMessageBytes: 1000 } },
})

const clients: RawClient[] = []
afterAll(() => {
  for (const client of clients) client.end()
})

async function raw(headers: Readonly<Record<string, string>> = gateway.sluice.headers()): Promise<RawClient> {
  const client = await rawClient(gateway.sluice.url, headers)
  clients.push(client)
  return client
}

/** Everything the gateway has written down. */
function written(): string {
  const folder = readdirSync(gateway.sluice.folder, { recursive: true, withFileTypes: true })
  const files = folder.filter((entry) => entry.isFile() && entry.name !== 'sluice.json')
  const texts = files.map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  return [...texts, ...gateway.sluice.log, ...gateway.sluice.output].join('\n')
}

describe('68 realtime: client secrets', () => {
  for (const path of [
    '/v1/realtime/client_secrets',
    '/v1/realtime/sessions',
    '/v1/realtime/transcription_sessions',
    '/v1/realtime/translations/client_secrets',
    '/v1/realtime/calls',
    '/v1/realtime/calls/rtc_1/accept',
    '/v1/realtime/calls/rtc_1/refer',
  ]) {
    test(`${path} is refused by name, and the answer says why`, async () => {
      const before = gateway.provider.asked.length
      const answer = await gateway.sluice.post(path, { session: { type: 'realtime' } })
      expect(answer.status).toBe(404)
      expect(await answer.json()).toEqual({
        error: expect.stringMatching(/does not forward that endpoint: .*Open `\/v1\/realtime` here instead\.$/),
      })
      expect((await gateway.sluice.eventOf(answer)).data).toMatchObject({
        outcome: 'refused',
        code: 'SLUICE_ROUTE_REFUSED',
      })
      expect(gateway.provider.asked).toHaveLength(before)
    })
  }
})

describe('68 realtime: a key in Sec-WebSocket-Protocol', () => {
  test('lets a browser in, and goes nowhere: not upstream, not back, not on record', async () => {
    const key = gateway.sluice.key()
    const { client, session, end } = await gateway.open({
      headers: {},
      protocols: ['realtime', 'openai-insecure-api-key.sk-browser', `sluice-detection-key.${key}`],
    })
    expect(client.socket.protocol).toBe('realtime')
    expect(session.headers.get('sec-websocket-protocol')).toBe('realtime, openai-insecure-api-key.sk-browser')
    expect([...session.headers.values()].join()).not.toContain(key)
    expect((await end()).outcome).toBe('forwarded')
    for (const secret of [key, 'sk-browser']) expect(written()).not.toContain(secret)
  })

  const refusals: readonly (readonly [string, (key: string) => Record<string, string>, number])[] = [
    ['twice', (key) => offering(`sluice-detection-key.${key}, sluice-detection-key.${key}x`), 401],
    ['of nobody', () => offering(`realtime, sluice-detection-key.detect_live_${'x'.repeat(40)}`), 401],
    ['and in the header', (key) => ({ ...offering(`sluice-detection-key.${key}`), 'x-detection-key': key }), 400],
    ['under another name', (key) => ({ ...offering(`realtime, other.${key}`), 'x-detection-key': key }), 400],
  ]
  for (const [what, headers, status] of refusals) {
    test(`${what}: refused`, async () => {
      const before = gateway.provider.asked.length
      const { head } = await raw(headers(gateway.sluice.key()))
      expect(head).toStartWith(`HTTP/1.1 ${status} `)
      expect(gateway.provider.asked).toHaveLength(before)
    })
  }

  test('is no key of an ordinary request', async () => {
    const headers = offering(`sluice-detection-key.${gateway.sluice.key()}`)
    const alone = await fetch(`${gateway.sluice.url}/v1/models`, { headers })
    expect(alone.status).toBe(401)
    const beside = await fetch(`${gateway.sluice.url}/v1/models`, {
      headers: { ...headers, ...gateway.sluice.headers() },
    })
    expect(beside.status).toBe(400)
  })
})

function offering(protocols: string): Record<string, string> {
  return { 'sec-websocket-protocol': protocols }
}

describe('68 realtime: a deflate bomb', () => {
  test('compression is agreed with nobody, and a message that claims it ends the session', async () => {
    const client = await raw({
      ...gateway.sluice.headers(),
      'sec-websocket-extensions': 'permessage-deflate; client_max_window_bits',
    })
    expect(client.head).toStartWith('HTTP/1.1 101 ')
    expect(client.head.toLowerCase()).not.toContain('sec-websocket-extensions')
    const session = await gateway.provider.session()
    expect(session.headers.get('sec-websocket-extensions')).toBeNull()
    client.write(frame(1, Bun.deflateSync(new Uint8Array(100_000)), { rsv: 0x40 }))
    await session.closed
    expect(session.received).toEqual([])
  })

  test('a message over the limit, in one frame or in many: 1009', async () => {
    for (const frames of [[frame(1, 'a'.repeat(1001))], pieces('a'.repeat(600), 'b'.repeat(600))]) {
      const client = await raw()
      const session = await gateway.provider.session()
      for (const one of frames) client.write(one)
      expect(await client.closed).toBe(1009)
      await session.closed
      expect(session.received).toEqual([])
    }
  })

  test('characters of several bytes count as bytes', async () => {
    const client = await raw()
    client.write(frame(1, `"${'é'.repeat(500)}"`))
    expect(await client.closed).toBe(1009)
  })
})

describe('68 realtime: frames', () => {
  test('a message in many frames, cut within a character, a ping between: it passes as one, to the letter', async () => {
    const client = await raw()
    const session = await gateway.provider.session()
    const text = '{"type":"session.update","session":{"instructions":"Grüße 😀"}}'
    const bytes = Buffer.from(text)
    for (let cut = 1; cut < bytes.length; cut++) {
      const [first, second] = pieces(bytes.subarray(0, cut), bytes.subarray(cut))
      for (const one of [first, frame(9, 'ping'), second]) if (one !== undefined) client.write(one)
      expect(await session.next()).toBe(text)
    }
    client.end()
    await session.closed
  })

  test('binary: 1003, and nothing of it is given on', async () => {
    const client = await raw()
    const session = await gateway.provider.session()
    client.write(frame(2, '{"type":"response.create"}'))
    expect(await client.closed).toBe(1003)
    await session.closed
    expect(session.received).toEqual([])
  })

  test('text that is no UTF-8 ends the session, and nothing of it is given on', async () => {
    const client = await raw()
    const session = await gateway.provider.session()
    client.write(frame(1, Buffer.from([0x7b, 0xff, 0x7d])))
    await client.closed
    await session.closed
    expect(session.received).toEqual([])
  })

  test('a binary message of the provider’s, or one over the limit: 1011', async () => {
    for (const send of ['binary', 'big'] as const) {
      const client = await raw()
      const session = await gateway.provider.session()
      if (send === 'binary') session.sendBinary(new Uint8Array([1]))
      else session.send('a'.repeat(1001))
      expect(await client.closed).toBe(1011)
      await session.closed
    }
  })
})

function pieces(first: string | Uint8Array, second: string | Uint8Array): readonly Buffer[] {
  return [frame(1, first, { fin: false }), frame(0, second)]
}
