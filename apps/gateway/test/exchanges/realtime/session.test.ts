import { afterAll, beforeAll, describe, expect, test } from 'bun:test'
import { startSluice, type TestSluice } from '../../harness/sluice.ts'
import { connect } from './client.ts'
import { startSocketProvider, type SocketProvider } from './provider.ts'

let provider: SocketProvider
let sluice: TestSluice
beforeAll(async () => {
  provider = startSocketProvider()
  sluice = await startSluice({ upstream: provider.url, config: { plugins: [{ use: '@sluice/detector-secrets' }] } })
})
afterAll(async () => {
  await sluice[Symbol.asyncDispose]()
  await provider[Symbol.asyncDispose]()
})

describe('a session through the gateway', () => {
  test('messages that nothing was found in pass to the letter, both ways', async () => {
    const client = await connect(sluice)
    const session = await provider.session()
    expect(session.path).toBe('/v1/realtime?model=gpt-realtime')
    expect(session.headers.get('authorization')).toBe('Bearer sk-test')
    expect(session.headers.get('x-detection-key')).toBeNull()
    const up = '{ "type":"session.update" ,"x": 1.0, "session":{"type":"realtime","instructions":"Be kind \\u00e9"}}'
    client.send(up)
    expect(await session.next()).toBe(up)
    const down = '{"type":"session.updated","n":12345678901234567890, "session":{"instructions":"Be kind é"}}'
    session.send(down)
    expect(await client.next()).toBe(down)
    client.socket.close(4001, 'bye')
    expect(await session.closed).toEqual({ code: 4001, reason: 'bye' })
    const [event] = await sluice.events(1)
    console.log(JSON.stringify(event, null, 1))
  })
})
