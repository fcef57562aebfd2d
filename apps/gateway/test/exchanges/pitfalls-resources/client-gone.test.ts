import { afterAll, expect, test } from 'bun:test'
import { existsSync, readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { connectRaw, encodeRequest, type Responder, startUpstream, type UpstreamExchange } from '@sluice/testing'
import { waitFor } from '../../harness/sluice.ts'
import { chunks, frame, prompt } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

// The service that a detector asks: the test decides when, and if, it answers.
const guard = await startUpstream()
guard.respond((exchange) => exchange.stall())
afterAll(() => guard.close())

const gateway = served({
  config: {
    plugins: [
      { use: '@sluice/detector-secrets' },
      {
        use: fileURLToPath(new URL('./guard-detector.ts', import.meta.url)),
        id: 'guard',
        options: { url: `${guard.url}/` },
      },
    ],
  },
})
const chat = '/v1/chat/completions'
const frames = chunks([{ content: 'one two three' }]).map(frame)

/** A client that has sent its request, and can leave. */
async function client(body: object, key = gateway.sluice.key()) {
  const url = `${gateway.sluice.url}${chat}`
  const connection = await connectRaw(url)
  const headers = { 'content-type': 'application/json', 'x-detection-key': key }
  await connection.send(encodeRequest(url, { method: 'POST', headers, body: JSON.stringify(body) }))
  return connection
}

/** Milliseconds from now until a call is given up by the gateway. */
async function msUntilAborted(exchange: UpstreamExchange | undefined): Promise<number> {
  if (exchange === undefined) throw new Error('nobody was called')
  const left = performance.now()
  return (await exchange.aborted) - left
}

const newest = async (count: number) => (await gateway.sluice.events(count)).at(-1)?.data

const waits: Readonly<Record<string, Responder>> = {
  'before the headers': (exchange) => exchange.stall(),
  'after the headers': async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    await exchange.stall()
  },
  'in the middle of a stream': async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    for (const text of frames.slice(0, 3)) await exchange.chunk(text)
    await exchange.stall()
  },
  'in the middle of an answer that is whole': async (exchange) => {
    await exchange.head(200, { 'content-type': 'application/json', 'content-length': '1000' })
    await exchange.write('{"choices":')
    await exchange.stall()
  },
}

// https://github.com/BerriAI/litellm/pull/31499, https://github.com/maximhq/bifrost/issues/3164
for (const how of ['reset', 'close', 'end'] as const) {
  for (const [when, responder] of Object.entries(waits)) {
    test(`30 the upstream goes on after the client left by ${how}: ${when}`, async () => {
      const before = gateway.upstream.exchanges.length
      const recorded = (await gateway.sluice.events(0)).length
      gateway.upstream.respond(responder)
      using connection = await client(prompt('hi', { stream: true }))
      await gateway.upstream.until((upstream) => upstream.exchanges.length > before)
      const exchange = gateway.upstream.exchanges.at(-1)
      // The provider has said what it says before it goes silent.
      if (when === 'in the middle of a stream') await connection.read({ readUntil: (body) => body.length > 200 })
      connection[how]()
      expect(await msUntilAborted(exchange)).toBeLessThan(1000)
      const record = await newest(recorded + 1)
      expect(record).toMatchObject({ outcome: 'client-aborted', operation: 'chat.completions.create' })
    })
  }
}

// https://github.com/BerriAI/litellm/pull/31499
test('30 the upstream goes on after the client left: while a guard looks at the request', async () => {
  const before = gateway.upstream.requests.length
  const recorded = (await gateway.sluice.events(0)).length
  using connection = await client(prompt('guarded'))
  await guard.until(({ exchanges }) => exchanges.at(-1)?.state === 'open')
  connection.reset()
  expect(await msUntilAborted(guard.exchanges.at(-1))).toBeLessThan(1000)
  expect(await newest(recorded + 1)).toMatchObject({ outcome: 'client-aborted' })
  expect(gateway.upstream.requests).toHaveLength(before)
})

// https://github.com/maximhq/bifrost/issues/3164
test('30 the upstream goes on after the client left: nothing is left after a thousand of them', async () => {
  // Only Linux shows them in this way.
  const files = `/proc/${gateway.sluice.process.pid}/fd`
  const openFiles = (): number => (existsSync(files) ? readdirSync(files).length : 0)
  const before = openFiles()
  const recorded = (await gateway.sluice.events(0)).length
  const calls = gateway.upstream.exchanges.length
  let turn = 0
  const responders = Object.values(waits)
  gateway.upstream.respond((exchange) => (responders[turn++ % responders.length] ?? exchange.stall)(exchange))
  for (let round = 0; round < 50; round++) {
    const clients = await Promise.all(Array.from({ length: 20 }, () => client(prompt('hi', { stream: true }))))
    await gateway.upstream.until(({ exchanges }) => exchanges.length === calls + 20 * (round + 1))
    for (const one of clients) one.reset()
    await gateway.upstream.until(({ open }) => open === 0)
  }
  const all = await waitFor('a record of each', async () => {
    const events = await gateway.sluice.events(0)
    return events.length === recorded + 1000 ? events.slice(recorded) : undefined
  })
  expect(new Set(all.map(({ data }) => data.outcome))).toEqual(new Set(['client-aborted']))
  // Kept connections of the pool may stay; those of the exchanges may not.
  await waitFor('the sockets to be closed', () => (openFiles() < before + 70 ? true : undefined))
  expect((await fetch(`${gateway.sluice.url}/readyz`)).status).toBe(200)
}, 60_000)
