import { expect, test } from 'bun:test'
import type { Responder } from '@sluice/testing'
import { waitFor } from '../../harness/sluice.ts'
import { chunks, frame, prompt, whole } from '../pitfalls/answers.ts'
import { detectors, needle, needleType } from '../pitfalls/needle.ts'
import { served } from '../pitfalls/served.ts'

const match = { types: [needleType] }
const config = {
  plugins: detectors,
  policies: [
    { id: 'quarantine', match, action: 'QUARANTINE' as const },
    { id: 'block', match, action: 'BLOCK' as const },
  ],
}
const apps = {
  app: { policies: ['quarantine'] },
  blocking: { policies: ['block'] },
  calm: { policies: ['quarantine'] },
}
const gateway = served({ apps, config: { ...config, timeouts: { longStreamMs: 300 } } })
const bounded = served({ apps, config: { ...config, timeouts: { maxStreamMs: 1000 } } })
const chat = '/v1/chat/completions'
const frames = chunks([{ content: `a card ${needle}, and then` }], { piece: 30 }).map(frame)

/** Says this and then drips, a comment at a time, until the client leaves or the test says so. */
function drips(said: readonly string[], last: { ends: boolean } = { ends: false }): Responder {
  return async (exchange) => {
    await exchange.head(200, { 'content-type': 'text/event-stream', 'transfer-encoding': 'chunked' })
    for (const text of said) await exchange.chunk(text)
    while (!last.ends) {
      await exchange.pause(50)
      await exchange.chunk(': on\n\n')
    }
    await exchange.chunk('data: [DONE]\n\n')
  }
}

async function statusOf(app: string): Promise<number> {
  gateway.upstream.respond(async (exchange) => {
    const body = whole([{ content: 'ok' }])
    await exchange.head(200, { 'content-type': 'application/json', 'content-length': `${body.length}` })
    await exchange.write(body)
  })
  return (await gateway.send(chat, prompt('hi'), { app })).status
}

// From the review of this design.
test('67 an observed stream that never ends delays all consequences: a dripping stream quarantines before its end', async () => {
  const last = { ends: false }
  gateway.upstream.respond(drips(frames, last))
  const stream = await gateway.sluice.post(chat, prompt('hi', { stream: true }), { app: 'app' })
  const text = stream.text()
  await waitFor('the actor to be shut out', async () => (await statusOf('app')) === 403 || undefined)
  expect(gateway.upstream.open).toBe(1)
  const id = stream.headers.get('x-sluice-exchange-id')
  expect((await gateway.sluice.events(0)).map((event) => event.id)).not.toContain(id)
  await waitFor('a line in the log', () => gateway.sluice.log.find((line) => line.includes(`${id}`)))
  // It goes on to its end all the same, byte for byte, and is recorded once, as if nobody had looked before.
  last.ends = true
  expect((await text).replaceAll(': on\n\n', '')).toBe(`${frames.join('')}data: [DONE]\n\n`)
  const { data } = await gateway.sluice.eventOf(stream)
  expect(data).toMatchObject({ outcome: 'forwarded', action: 'QUARANTINE', effectiveAction: 'QUARANTINE' })
  expect(data.detections.map(({ type }) => type)).toEqual([needleType])
  expect(data.decisions).toHaveLength(1)
  expect(await statusOf('app')).toBe(403)
}, 20_000)

test('67 an observed stream that never ends: one that shows nothing, or what is only blocked, shuts nobody out', async () => {
  for (const [app, said] of [
    ['calm', chunks([{ content: 'nothing at all' }]).map(frame)],
    ['blocking', frames],
  ] as const) {
    const last = { ends: false }
    gateway.upstream.respond(drips(said, last))
    const stream = await gateway.sluice.post(chat, prompt('hi', { stream: true }), { app })
    const text = stream.text()
    await new Promise((resolve) => setTimeout(resolve, 1200))
    expect([app, await statusOf(app)]).toEqual([app, 200])
    last.ends = true
    await text
    const { data } = await gateway.sluice.eventOf(stream)
    expect([app, data.outcome, data.detections.length]).toEqual([app, 'forwarded', app === 'calm' ? 0 : 1])
  }
}, 20_000)

test('67 an observed stream that never ends: past the maximum duration it does, judged, and not as if it were whole', async () => {
  bounded.upstream.respond(drips(frames))
  const answer = await bounded.send(chat, prompt('hi', { stream: true }), { app: 'app' })
  expect(answer.end).not.toBe('complete')
  expect(answer.text()).toStartWith(frames.join(''))
  await bounded.upstream.until(({ open }) => open === 0)
  const record = await bounded.record(answer)
  expect(record).toMatchObject({
    outcome: 'upstream-truncated',
    code: 'SLUICE_UPSTREAM_TIMEOUT',
    effectiveAction: 'QUARANTINE',
    detections: [{ type: needleType }],
  })
  expect(record.ms['relay']).toBeGreaterThan(900)
}, 20_000)
