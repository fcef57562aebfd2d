import { describe, expect, test } from 'bun:test'
import { served } from './served.ts'

const gateway = served({
  config: { plugins: [{ use: '@sluice/detector-secrets' }], timeouts: { socketIdleMs: 400 } },
  apps: {
    app: {},
    limited: { allowedModels: ['gpt-realtime'] },
    rated: { rateLimit: 1 },
    suspended: { status: 'suspended' },
  },
})

/** What a plain HTTP client is answered where a session would begin. */
async function asked(headers: Record<string, string>, query = '?model=gpt-realtime'): Promise<readonly unknown[]> {
  const response = await fetch(`${gateway.sluice.url}/v1/realtime${query}`, { headers })
  return [response.status, await response.json()]
}

const handshake = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
}

describe('what nothing was found in', () => {
  test('passes to the letter, both ways, and the session is one exchange with one record', async () => {
    const { client, session, record } = await gateway.open()
    expect(session.path).toBe('/v1/realtime?model=gpt-realtime')
    expect(session.headers.get('authorization')).toBe('Bearer sk-test')
    expect(session.headers.get('x-detection-key')).toBeNull()
    const up = [
      '{ "type":"session.update" ,"x": 1.0, "session":{"type":"realtime","instructions":"Be kind \\u00e9 😀"}}',
      '{"type":"conversation.item.create","item":{"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},"n":12345678901234567890}',
      '{"type":"response.create"}',
    ]
    for (const text of up) client.send(text)
    for (const text of up) expect(await session.next()).toBe(text)
    const down = [
      '{"type":"session.updated","n":12345678901234567890, "session":{"instructions":"Be kind é"}}',
      '{"type":"response.output_text.delta","response_id":"r","item_id":"i","delta":"Hel"}',
      '{"type":"response.output_text.delta","response_id":"r","item_id":"i","delta":"lo \\ud83d\\ude00"}',
      '{"type":"response.output_text.done","response_id":"r","item_id":"i","text":"Hello 😀"}',
      '{"type":"response.done","response":{"id":"r","status":"completed","output":[],"usage":{"input_tokens":3,"output_tokens":2}}}',
      '{"type":"something.new","value":1e2}',
    ]
    for (const text of down) session.send(text)
    for (const text of down) expect(await client.next()).toBe(text)
    client.socket.close(4001, 'bye')
    expect(await session.closed).toEqual({ code: 4001, reason: 'bye' })
    const event = await record()
    expect(event).toMatchObject({
      outcome: 'forwarded',
      status: 101,
      operation: 'realtime.connect',
      path: '/v1/realtime',
      inspection: 'inspected',
      model: 'gpt-realtime',
      stream: true,
      upstream: { status: 101 },
      usage: { inputTokens: 3, outputTokens: 2 },
      bytes: {
        request: up.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
        response: down.reduce((sum, text) => sum + Buffer.byteLength(text), 0),
      },
      action: 'ALLOW',
      trust: { before: 0, after: 0.1 },
    })
    // Said in pieces and once more whole: inspected once.
    expect(event.segments.inspected).toContainEqual({
      direction: 'egress',
      kind: 'assistant',
      segments: 1,
      chars: 'Hello 😀'.length,
    })
  })

  test('sound passes unread, and counts once for the whole session', async () => {
    const { client, session, end } = await gateway.open()
    const sound = Buffer.from(Array.from({ length: 300 }, (_, at) => at % 256)).toString('base64')
    for (let at = 0; at < 5; at++) client.send({ type: 'input_audio_buffer.append', audio: sound })
    for (let at = 0; at < 5; at++) expect(JSON.parse(await session.next())).toMatchObject({ audio: sound })
    for (const response of ['r1', 'r2']) {
      session.send({ type: 'response.output_audio.delta', response_id: response, item_id: 'i', delta: sound })
      session.send({ type: 'response.done', response: { id: response, status: 'completed', output: [] } })
    }
    for (let at = 0; at < 4; at++) await client.next()
    const { segments } = await end()
    const reason = 'the sound of a recording is not read'
    expect(segments.notInspected).toEqual([
      { direction: 'ingress', content: 'audio', reason, count: 1 },
      { direction: 'egress', content: 'audio', reason, count: 1 },
    ])
  })
})

describe('a session is admitted as a request is', () => {
  test('without a key, with a wrong one, suspended: refused before anything is opened', async () => {
    const before = gateway.provider.asked.length
    const missing = 'Detection key required for proxy endpoints. Add X-Detection-Key header.'
    expect(await asked({ ...handshake })).toEqual([401, { error: missing }])
    const wrong = { ...handshake, 'x-detection-key': `detect_live_${'x'.repeat(40)}` }
    expect(await asked(wrong)).toEqual([401, { error: 'Invalid detection key' }])
    const suspended = { ...handshake, ...gateway.sluice.headers('suspended') }
    expect(await asked(suspended)).toEqual([403, { error: 'Organization is not active' }])
    expect(gateway.provider.asked).toHaveLength(before)
  })

  test('one connection counts as one request', async () => {
    const { end } = await gateway.open({ app: 'rated' })
    const [status] = await asked({ ...handshake, ...gateway.sluice.headers('rated') })
    expect(status).toBe(429)
    await end()
  })

  test('a model that is not allowed, or none', async () => {
    const headers = { ...handshake, ...gateway.sluice.headers('limited') }
    const refused = [403, { error: "The requested model is not permitted by your API key's policy." }]
    expect(await asked(headers, '?model=other')).toEqual(refused)
    expect(await asked(headers, '?intent=transcription')).toEqual(refused)
    expect(await asked(headers, '?model=gpt-realtime&model=other')).toEqual(refused)
  })

  test('a request without an upgrade is told that it needs one', async () => {
    const response = await fetch(`${gateway.sluice.url}/v1/realtime?model=m`, {
      headers: gateway.sluice.headers('app'),
    })
    expect([response.status, response.headers.get('upgrade')]).toEqual([426, 'websocket'])
    expect(await response.json()).toEqual({ error: 'This endpoint is a WebSocket.' })
    const old = { ...handshake, ...gateway.sluice.headers('app'), 'sec-websocket-version': '8' }
    expect((await asked(old))[0]).toBe(426)
  })

  test('an upgrade of what is no WebSocket is a request like any other', async () => {
    const response = await fetch(`${gateway.sluice.url}/v1/chat/completions`, {
      headers: { ...handshake, ...gateway.sluice.headers('app') },
    })
    expect(response.status).toBe(404)
    await response.body?.cancel()
  })
})

describe('how a session ends', () => {
  test('the provider closes: the client is told in its words', async () => {
    const { client, session, record } = await gateway.open()
    session.send({ type: 'session.created', session: {} })
    session.close(4002, 'session expired')
    await client.next()
    expect(await client.closed).toEqual({ code: 4002, reason: 'session expired' })
    expect(await record()).toMatchObject({ outcome: 'forwarded' })
  })

  test('the provider is lost', async () => {
    const { client, session, record } = await gateway.open()
    session.cut()
    expect((await client.closed).code).toBe(1011)
    expect(await record()).toMatchObject({ outcome: 'upstream-truncated', code: 'SLUICE_UPSTREAM_UNREACHABLE' })
  })

  test('the client is lost: the provider’s side is closed', async () => {
    const { client, session, record } = await gateway.open()
    ;(client.socket as WebSocket & { terminate(): void }).terminate()
    await session.closed
    expect(await record()).toMatchObject({ outcome: 'client-aborted' })
  })

  test('nobody says anything for too long', async () => {
    const { client, session, record } = await gateway.open()
    expect(await client.closed).toEqual({ code: 1001, reason: 'idle' })
    await session.closed
    expect(await record()).toMatchObject({ code: 'SLUICE_UPSTREAM_TIMEOUT' })
  })

  test('what was said before the goodbye still arrives', async () => {
    const { client, session } = await gateway.open()
    for (let at = 0; at < 50; at++) client.send({ type: 'conversation.item.delete', item_id: `item_${at}` })
    client.socket.close(1000)
    await session.closed
    expect(session.received).toHaveLength(50)
  })
})
