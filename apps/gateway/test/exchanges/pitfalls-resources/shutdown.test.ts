import { expect, test } from 'bun:test'
import { connectRaw, type RawConnection, type Responder, startUpstream, type Upstream } from '@sluice/testing'
import { startSluice, type TestSluice, waitFor } from '../../harness/sluice.ts'
import { prompt, streamed, whole } from '../pitfalls/answers.ts'

const chat = '/v1/chat/completions'
const answer = whole([{ content: 'ok' }])
const stream = streamed([{ content: 'one two three' }])

/** A gateway with a whole exchange and a stream under way, and their provider in the test's hand. */
interface Busy extends AsyncDisposable {
  readonly upstream: Upstream
  readonly sluice: TestSluice
  readonly whole: Promise<Response>
  readonly stream: Response
  /** The provider goes on. */
  go(): void
}

async function busy(shutdownSeconds: number): Promise<Busy> {
  const upstream = await startUpstream()
  const sluice = await startSluice({ upstream: upstream.url, config: { server: { shutdownSeconds } } })
  const { promise: gate, resolve: go } = Promise.withResolvers<void>()
  const responder: Responder = async (exchange) => {
    const isStream = exchange.request.text().includes('"stream"')
    const type = isStream ? 'text/event-stream' : 'application/json'
    if (isStream) {
      await exchange.head(200, { 'content-type': type, 'transfer-encoding': 'chunked' })
      await exchange.chunk(stream.slice(0, 300))
      await Promise.race([gate, exchange.aborted])
      await exchange.chunk(stream.slice(300))
    } else {
      await Promise.race([gate, exchange.aborted])
      await exchange.head(200, { 'content-type': type, 'content-length': `${answer.length}` })
      await exchange.write(answer)
    }
  }
  upstream.respond(responder)
  const pending = sluice.post(chat, prompt('hi'))
  const response = await sluice.post(chat, prompt('hi', { stream: true }))
  await upstream.until(({ exchanges }) => exchanges.length === 2)
  return {
    upstream,
    sluice,
    whole: pending,
    stream: response,
    go,
    async [Symbol.asyncDispose]() {
      await sluice[Symbol.asyncDispose]()
      await upstream.close()
    },
  }
}

/** Whether a new connection is refused, or its request is. */
async function isRefused(sluice: TestSluice, connection?: RawConnection): Promise<boolean> {
  try {
    using own = connection ?? (await connectRaw(sluice.url))
    // Without a key: 401 as long as the gateway listens to anybody.
    await own.send(`GET /v1/models HTTP/1.1\r\nhost: ${new URL(sluice.url).host}\r\n\r\n`)
    return (await own.read()).status === 503
  } catch {
    return true
  }
}

test('a shutdown lets a stream and a whole exchange end, records both, and takes nothing more', async () => {
  await using run = await busy(20)
  const { sluice, upstream } = run
  using idle = await connectRaw(sluice.url)
  const exited = sluice.stop()
  await waitFor('the gateway to take nothing more', async () => (await isRefused(sluice)) || undefined)
  expect(await isRefused(sluice, idle)).toBe(true)
  expect(upstream.exchanges).toHaveLength(2)
  run.go()
  expect(await (await run.whole).text()).toBe(answer)
  expect(await run.stream.text()).toBe(stream)
  expect(await exited).toBe(0)
  const all = (await sluice.events(2)).map(({ data }) => data)
  const records = all.filter(({ code }) => code !== 'SLUICE_KEY_MISSING')
  expect(records).toHaveLength(2)
  for (const { outcome, status } of records) expect([outcome, status]).toEqual(['forwarded', 200])
  expect(upstream.requests).toHaveLength(2)
}, 20_000)

test('a shutdown ends and records what outlasts its deadline', async () => {
  await using run = await busy(0.5)
  const { sluice, upstream } = run
  const started = performance.now()
  const exited = sluice.stop()
  const [answered, text] = await Promise.all([
    run.whole.then((response) => response.status).catch(() => 'cut'),
    run.stream.text().catch(() => 'cut'),
  ])
  expect(await exited).toBe(0)
  expect(performance.now() - started).toBeGreaterThan(450)
  expect(performance.now() - started).toBeLessThan(4000)
  expect(answered).toBe(503)
  // Never as if it were whole. (Bun's client does not always tell a cut from an end.)
  expect(text).not.toContain('[DONE]')
  const records = (await sluice.events(2)).map(({ data }) => [data.stream, data.outcome, data.code])
  expect(records.sort()).toEqual([
    [false, 'failed', 'SLUICE_SHUTTING_DOWN'],
    [true, 'upstream-truncated', 'SLUICE_SHUTTING_DOWN'],
  ])
  expect(upstream.aborted).toHaveLength(2)
}, 20_000)

test('a second word to stop ends the process at once', async () => {
  await using run = await busy(20)
  const { sluice } = run
  const first = sluice.stop()
  await waitFor('the gateway to take nothing more', async () => (await isRefused(sluice)) || undefined)
  run.whole.catch(() => undefined)
  // A word that comes at once is taken for the first one come twice, so it is said again.
  const again = setInterval(() => sluice.process.kill('SIGTERM'), 100)
  expect(await first).toBe(1)
  clearInterval(again)
}, 20_000)
