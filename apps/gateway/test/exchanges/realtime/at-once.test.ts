import { expect, test } from 'bun:test'
import { startSluice } from '../../harness/sluice.ts'
import { connect } from './client.ts'

/** What a provider says, and that it goes, before the client's side of the session can stand. */
test('a provider that says all it has to say at once, and goes: the client hears all of it', async () => {
  const provider = Bun.serve({
    hostname: '127.0.0.1',
    port: 0,
    fetch: (request, server) => (server.upgrade(request) ? undefined : new Response(null, { status: 400 })),
    websocket: {
      open(socket) {
        for (let at = 0; at < 20; at++) socket.send(JSON.stringify({ type: 'rate_limits.updated', at }))
        socket.close(4000, 'enough')
      },
      message() {},
    },
  })
  await using sluice = await startSluice({ upstream: `http://127.0.0.1:${provider.port}` })
  for (let round = 0; round < 10; round++) {
    const client = await connect(sluice)
    expect(await client.closed).toEqual({ code: 4000, reason: 'enough' })
    expect(client.unread).toHaveLength(20)
  }
  await provider.stop(true)
})
