import { describe, expect, test } from 'bun:test'
import { memoryStore } from '../../test/fakes.ts'
import { prompt, request, running } from '../../test/gateway.ts'
import type { AuditEvent } from '../protocol/audit.ts'

const good = prompt('hello')
const presented = (number: number) => `detect_live_${String(number).padStart(40, '0')}`
const bad = (number: number) => request(good, { headers: { 'x-detection-key': presented(number) } })
const none = () => request(good, { headers: { 'x-detection-key': '' } })
const codes = (events: readonly AuditEvent[]) => events.map(({ data }) => data.code)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A store that is down until it is told otherwise. */
function downStore() {
  const store = memoryStore()
  const state = { broken: true }
  const append = (batch: readonly AuditEvent[]): void => {
    if (state.broken) throw new Error('database is locked')
    store.events.push(...batch)
  }
  return { state, store: { ...store, audit: { ...store.audit, append } } }
}

// From the review of this design.
describe('51 a flood of bad keys fills the audit queue', () => {
  test('20,000 bad keys while the store is down: valid traffic has the queue to itself, and nothing is lost', async () => {
    const { state, store } = downStore()
    const run = running({ store, setup: { maxQueuedEvents: 100, maxKeyRefusals: 20 } })
    for (let number = 0; number < 20_000; number++) {
      const response = await run.gateway.handle(bad(number))
      if (response.status !== 401) throw new Error(`${number}: ${response.status}`)
    }
    for (let number = 0; number < 70; number++) expect((await run.gateway.handle(request(good))).status).toBe(200)
    state.broken = false
    const recorded = await run.events()
    expect(recorded.filter(({ subject }) => subject !== undefined)).toHaveLength(70)
    const single = recorded.filter(({ data }) => data.code === 'SLUICE_KEY_INVALID' && data.repeated === undefined)
    const [sum, ...more] = recorded.filter(({ data }) => data.repeated !== undefined)
    expect(more).toEqual([])
    expect(single.length).toBeLessThanOrEqual(20)
    expect(single.length + (sum?.data.repeated?.count ?? 0)).toBe(20_000)
    for (let number = 0; number < 20_000; number += 997)
      expect(JSON.stringify(recorded)).not.toContain(presented(number))
  }, 30_000)

  test('so many are recorded one by one, and of the rest how many there were, of each kind, from when to when', async () => {
    let now = Date.UTC(2026, 10, 23)
    const run = running({ setup: { maxKeyRefusals: 3, maxQueuedEvents: 1000 }, host: { now: () => now } })
    for (let number = 0; number < 10; number++) {
      await run.gateway.handle(bad(number))
      await run.gateway.handle(none())
      now += 1000
    }
    const recorded = await run.events()
    expect(codes(recorded).sort()).toEqual([
      'SLUICE_KEY_INVALID',
      'SLUICE_KEY_INVALID',
      'SLUICE_KEY_INVALID',
      'SLUICE_KEY_MISSING',
      'SLUICE_KEY_MISSING',
    ])
    const sums = recorded.filter(({ data }) => data.repeated !== undefined)
    expect(new Set(recorded.map(({ id }) => id)).size).toBe(recorded.length)
    expect(sums.map(({ time, data }) => [time, data.code, data.outcome, data.status, data.repeated])).toEqual([
      [
        '2026-11-23T00:00:01.000Z',
        'SLUICE_KEY_MISSING',
        'refused',
        401,
        { count: 9, first: '2026-11-23T00:00:01.000Z', last: '2026-11-23T00:00:09.000Z' },
      ],
      [
        '2026-11-23T00:00:02.000Z',
        'SLUICE_KEY_INVALID',
        'refused',
        401,
        { count: 8, first: '2026-11-23T00:00:02.000Z', last: '2026-11-23T00:00:09.000Z' },
      ],
    ])
  })

  test('another minute has its own', async () => {
    let clock = 0
    const run = running({ setup: { maxKeyRefusals: 2, maxQueuedEvents: 1000 }, host: { clock: () => clock } })
    for (const minute of [0, 1, 2]) {
      clock = minute * 60_000
      for (let number = 0; number < 5; number++) await run.gateway.handle(bad(number))
    }
    const recorded = await run.events()
    expect(recorded.filter(({ data }) => data.repeated === undefined)).toHaveLength(6)
    expect(recorded.reduce((sum, { data }) => sum + (data.repeated?.count ?? 1), 0)).toBe(15)
  })

  test('known callers are recorded one by one, whatever they are refused for', async () => {
    const run = running({ setup: { maxKeyRefusals: 1, maxQueuedEvents: 1000 }, context: { rateLimit: 5 } })
    for (let number = 0; number < 50; number++) await run.gateway.handle(request(good))
    expect(await run.events()).toHaveLength(50)
  })

  test('a store of keys that fails is no way round', async () => {
    const { state, store } = downStore()
    const find = () => {
      throw new Error('down')
    }
    const run = running({
      store: { ...store, keys: { ...store.keys, find } },
      setup: { maxKeyRefusals: 5, maxQueuedEvents: 100 },
    })
    for (let number = 0; number < 1000; number++) expect((await run.gateway.handle(bad(number))).status).toBe(500)
    expect((await run.gateway.handle(request(good))).status).toBe(200)
    state.broken = false
    const recorded = await run.events()
    expect(recorded.reduce((sum, { data }) => sum + (data.repeated?.count ?? 1), 0)).toBe(1001)
    expect(recorded.length).toBeLessThanOrEqual(7)
  })

  test('when it is closed no timer is left, and what comes then is recorded by itself', async () => {
    const run = running({ setup: { maxKeyRefusals: 1, maxQueuedEvents: 1000 } })
    for (let number = 0; number < 5; number++) await run.gateway.handle(bad(number))
    await run.gateway.close(1000)
    const { length } = run.store.events
    expect(length).toBe(2)
    expect((await run.gateway.handle(bad(1))).status).toBe(503)
    await pause(5)
    expect(run.store.events).toHaveLength(length)
  })
})
