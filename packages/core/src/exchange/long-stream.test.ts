import { describe, expect, test } from 'bun:test'
import {
  answer,
  gatewaySetup,
  host,
  keyRecord,
  loaded,
  memoryStore,
  needles,
  occurrences,
  types,
} from '../../test/fakes.ts'
import { events, frame, lastFrames, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { HostRequest } from '../protocol/host.ts'
import type { Policy } from '../protocol/policy.ts'
import { Draft } from '../record/draft.ts'
import { createStreamReader } from '../stream/read.ts'
import { release } from '../trust/trust.ts'
import { admit } from './admit.ts'
import { Exchange } from './exchange.ts'
import { KeptBytes } from './kept-bytes.ts'
import { LongStream } from './long-stream.ts'
import { Refused } from './refusals.ts'
import { runtimeOf } from './runtime.ts'

const quarantine: Policy = { id: 'shut', match: {}, action: 'QUARANTINE' }
const terminate: Policy = { id: 'end', match: { types: ['CREDENTIALS_WORSE'] }, action: 'TERMINATE' }
const utf8 = new TextEncoder()
const turn = () => new Promise((resolve) => setTimeout(resolve, 0))
const longStreamMs = 10_000

interface Options {
  readonly detectors?: readonly DetectorInstance[]
  readonly policies?: readonly Policy[]
  readonly body?: Record<string, unknown>
}

/** A stream under a clock of the test's own. */
async function stream({ detectors = [needles()], policies = [quarantine], body = {} }: Options = {}) {
  let now = 0
  const store = memoryStore()
  const state = { broken: false }
  const actors = store.actors
  const update: typeof actors.update = (...all) => {
    if (state.broken) throw new Error('down')
    return actors.update(...all)
  }
  const failing = { ...store, actors: { get: actors.get.bind(actors), update } }
  const base = gatewaySetup(
    host(() => answer(null), { clock: () => now }),
    failing,
    { timeouts: { connectMs: 1, firstByteMs: 1, idleMs: 1, socketIdleMs: 60_000, longStreamMs } },
  )
  const apps = base.apps.map((app) => ({ ...app, policies, detectors: detectors.map((one) => loaded(one)) }))
  const runtime = runtimeOf({ ...base, apps })
  const draft = new Draft('ex_1', 'POST', 0, runtime.host.clock)
  const asked = request(prompt('hi', body))
  const admitted = await admit(asked, runtime, draft)
  if (admitted instanceof Refused) throw new Error(admitted.code)
  const exchange = new Exchange(asked, admitted, runtime, draft)
  const { operation } = exchange.route
  const text = JSON.stringify(prompt('hi', body))
  await exchange.identify(operation.readRequest({ type: 'json', text, value: JSON.parse(text) }, exchange.target))
  const decoder = operation.decoder(
    'text/event-stream',
    operation.readResponse(
      { type: 'none' },
      { status: 200, request: operation.readRequest({ type: 'none' }, exchange.target) },
    ),
  )
  if (decoder === undefined) throw new Error('no decoder')
  const kept = new KeptBytes(1_000_000)
  let readers = 0
  const reader = () => {
    readers += 1
    return createStreamReader({ decoder, limits: runtime.limits, ...exchange.route.response })
  }
  const long = new LongStream(exchange, reader, () => kept.take())
  return {
    state,
    store,
    draft,
    exchange,
    long,
    readers: () => readers,
    say: (content: string) => kept.add(utf8.encode(frame(content))),
    comment: () => kept.add(utf8.encode(': on\n\n')),
    async at(seconds: number) {
      now = seconds * 1000
      long.tick()
      await turn()
    },
    isQuarantined: (id = `key:${keyRecord.id}`) => actors.get(keyRecord.app, id)?.quarantinedAt !== undefined,
  }
}

// From the review of this design.
describe('67 an observed stream that never ends', () => {
  test('what it has shown acts while it goes on, once it has stood from one look to the next', async () => {
    const run = await stream()
    run.say('a needle ')
    await run.at(9)
    expect([run.readers(), run.isQuarantined()]).toEqual([0, false])
    await run.at(10)
    expect(run.isQuarantined()).toBe(false)
    await run.at(14)
    expect(run.isQuarantined()).toBe(false)
    await run.at(15)
    expect(run.isQuarantined()).toBe(true)
  })

  test('also where nothing but comments follows', async () => {
    const run = await stream()
    await run.at(10)
    run.say('a needle')
    await run.at(15)
    run.comment()
    expect(run.isQuarantined()).toBe(false)
    await run.at(23)
    expect(run.isQuarantined()).toBe(true)
  })

  test('a claimed actor is bound with its key, as at the end', async () => {
    const run = await stream({ body: { user: 'ada' } })
    run.say('a needle')
    await run.at(10)
    await run.at(15)
    expect(run.isQuarantined()).toBe(false)
    const claims = run.store.actors.get(keyRecord.app, `key:${keyRecord.id}`)?.quarantinedClaims ?? []
    expect(claims).toHaveLength(1)
    expect(run.isQuarantined(claims[0])).toBe(true)
  })

  test('what was said last may be the beginning of something else', async () => {
    const ends: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: ({ text }) => occurrences(text, 'need').filter(({ end }) => end === text.length),
    }
    const run = await stream({ detectors: [ends] })
    await run.at(10)
    run.say('I need')
    await run.at(15)
    run.say('les and thread')
    await run.at(23)
    await run.at(60)
    expect(run.isQuarantined()).toBe(false)
  })

  test('what is inspected is the same text however often it was looked at, and nothing of a look is on record', async () => {
    const run = await stream()
    run.say('one nee')
    await run.at(10)
    run.say('dle two')
    await run.at(15)
    await run.at(23)
    run.say(' needle three')
    const reading = await run.long.end()
    expect(run.readers()).toBe(1)
    expect(reading?.reading.view.texts[0]?.text).toBe('one needle two needle three')
    expect([run.draft.detections, run.draft.faults, run.draft.notInspected]).toEqual([[], [], []])
    expect(run.isQuarantined()).toBe(true)
  })

  test('what an administrator lifted in between is not laid on again; what is worse is', async () => {
    const worse = needles('dagger', 'CREDENTIALS_WORSE')
    const run = await stream({ detectors: [needles(), worse], policies: [quarantine, terminate] })
    const id = `key:${keyRecord.id}`
    run.say('a needle')
    await run.at(10)
    await run.at(15)
    expect(run.isQuarantined()).toBe(true)
    const known = run.store.actors.get(keyRecord.app, id)
    if (known === undefined) throw new Error('no actor')
    run.store.actors.update(keyRecord.app, id, () => release(known))
    await run.at(30)
    expect(run.isQuarantined()).toBe(false)
    run.say('and a dagger')
    await run.at(60)
    await run.at(100)
    expect(run.store.actors.get(keyRecord.app, id)?.quarantinedBy).toBe('end')
  })

  test('nothing less than a quarantine is done before the end', async () => {
    const run = await stream({ policies: [{ id: 'no', match: {}, action: 'BLOCK' }] })
    run.say('a needle')
    for (const second of [10, 15, 25, 50]) await run.at(second)
    expect([...run.store.actors.rows, ...run.store.sessions.rows]).toEqual([])
  })

  test('a store that fails is asked again at the next look, and spoils no reading', async () => {
    const run = await stream()
    run.say('a needle')
    await run.at(10)
    run.state.broken = true
    await run.at(15)
    run.state.broken = false
    expect(run.isQuarantined()).toBe(false)
    await run.at(30)
    expect(run.isQuarantined()).toBe(true)
    expect((await run.long.end())?.reading.view.texts[0]?.text).toBe('a needle')
  })

  test('32 a long stream costs a constant factor, not the square of its length', async () => {
    const costs: number[] = []
    for (const minutes of [4, 16, 64]) {
      let chars = 0
      const counting: DetectorInstance = {
        mode: 'inspect',
        types,
        inspect: ({ text }) => {
          chars += text.length
          return []
        },
      }
      const run = await stream({ detectors: [counting] })
      for (let second = 0; second < minutes * 60; second++) {
        run.say('ten chars ')
        await run.at(second)
      }
      costs.push(chars / (minutes * 60 * 10))
    }
    // Its end costs one more.
    for (const cost of costs) expect(cost).toBeLessThan(3)
  }, 20_000)

  test('a stream that has ended before is not looked at', async () => {
    const inspected: string[] = []
    const counting: DetectorInstance = {
      mode: 'inspect',
      types,
      inspect: ({ direction, text }) => {
        if (direction === 'egress') inspected.push(text)
        return []
      },
    }
    const run = running({
      detectors: [loaded(counting)],
      upstream: () => answer(events([frame('hello'), lastFrames]), { 'content-type': 'text/event-stream' }),
      setup: { timeouts: { connectMs: 1000, firstByteMs: 1000, idleMs: 1000, socketIdleMs: 60_000, longStreamMs } },
    })
    await (await run.gateway.handle(request(prompt('hi')))).text()
    expect((await run.record()).outcome).toBe('forwarded')
    expect(inspected.filter((text) => text === 'hello')).toEqual(['hello'])
  })

  test('a decoder that throws at a look: nothing is called clean', async () => {
    const run = await stream()
    const throwing = new LongStream(
      run.exchange,
      () => {
        throw new Error('no')
      },
      () => new Uint8Array(),
    )
    await run.at(100)
    throwing.tick()
    await run.at(200)
    throwing.tick()
    await turn()
    expect(throwing.end()).rejects.toThrow()
  })
})

describe('67 the maximum duration', () => {
  const dripping = ({ signal }: HostRequest, type: string) => {
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        await new Promise((resolve) => setTimeout(resolve, 10))
        if (signal.aborted) controller.error(new Error('aborted'))
        else controller.enqueue(utf8.encode(': on\n\n'))
      },
    })
    return answer(body, { 'content-type': type })
  }
  const timeouts = { connectMs: 1000, firstByteMs: 1000, idleMs: 1000, socketIdleMs: 60_000, maxStreamMs: 100 }

  test('of a stream, observed or opaque', async () => {
    for (const path of ['/v1/chat', '/v1/opaque']) {
      const run = running({ setup: { timeouts }, upstream: (call) => dripping(call, 'text/event-stream') })
      const response = await run.gateway.handle(request(prompt('hi'), { path }))
      expect(await response.text().catch(() => 'cut')).toBe('cut')
      expect(await run.record()).toMatchObject({ outcome: 'upstream-truncated', code: 'SLUICE_UPSTREAM_TIMEOUT' })
    }
  })

  test('of an answer that should be whole', async () => {
    const run = running({ setup: { timeouts }, upstream: (call) => dripping(call, 'application/json') })
    expect((await run.gateway.handle(request(prompt('hi')))).status).toBe(504)
    expect(await run.record()).toMatchObject({ outcome: 'failed', code: 'SLUICE_UPSTREAM_TIMEOUT' })
  })

  test('is no bound to what ends before it', async () => {
    const run = running({
      setup: { timeouts },
      upstream: () => answer(events([frame('hello'), lastFrames]), { 'content-type': 'text/event-stream' }),
    })
    const response = await run.gateway.handle(request(prompt('hi')))
    expect(await response.text()).toBe(frame('hello') + lastFrames)
    await new Promise((resolve) => setTimeout(resolve, 150))
    expect(await run.record()).toMatchObject({ outcome: 'forwarded' })
  })
})
