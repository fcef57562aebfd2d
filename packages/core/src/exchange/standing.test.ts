import { describe, expect, test } from 'bun:test'
import { answer, keyRecord, loaded, memoryStore, types } from '../../test/fakes.ts'
import { events, type Fixture, frame, prompt, request, running } from '../../test/gateway.ts'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { Standing } from '../protocol/exchange.ts'
import type { HostRequest } from '../protocol/host.ts'
import type { KeyRecord } from '../protocol/store.ts'

const stream = { 'content-type': 'text/event-stream' }
const patient = { connectMs: 60_000, firstByteMs: 60_000, idleMs: 60_000, socketIdleMs: 60_000 }
const dripping = ({ signal }: HostRequest) => answer(events([frame('x')], { hangs: true, signal }), stream)
const silent = ({ signal }: HostRequest) =>
  new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(new Error('aborted'))))

/** A gateway whose keys are all in a store, and what that store says of them now. */
function withKeys(fixture: Fixture = {}) {
  const state: { record: KeyRecord | undefined; broken: boolean; asked: number } = {
    record: keyRecord,
    broken: false,
    asked: 0,
  }
  const store = memoryStore()
  const find = () => {
    state.asked += 1
    if (state.broken) throw new Error('down')
    return state.record
  }
  const run = running({
    upstream: dripping,
    ...fixture,
    store: { ...store, keys: { ...store.keys, find } },
    setup: { keys: [], timeouts: patient, ...fixture.setup },
  })
  return { ...run, state }
}

/** Resolves when nothing is under way; rejects after a second. */
async function over(run: { readonly gateway: { readonly active: number } }): Promise<void> {
  const start = performance.now()
  while (run.gateway.active > 0) {
    if (performance.now() - start > 1000) throw new Error('still under way after a second')
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
}

// From the review of this design: a key that leaked is revoked, and the streams it opened run on.
describe('63 what is under way outlives a revocation', () => {
  const changes: Readonly<Record<string, (record: KeyRecord) => KeyRecord | undefined>> = {
    revoked: (record) => ({ ...record, revokedAt: 1 }),
    expired: (record) => ({ ...record, expiresAt: 1 }),
    removed: () => undefined,
    'given to another AppContext': (record) => ({ ...record, app: 'ac_other0000000' }),
  }
  test.each(Object.entries(changes))('a stream, by a key %s', async (_, change) => {
    const run = withKeys()
    const response = await run.gateway.handle(request(prompt('hi')))
    const text = response.text().catch(() => 'cut')
    run.state.record = change(keyRecord)
    await over(run)
    expect(await text).toBe('cut')
    expect(await run.record()).toMatchObject({
      outcome: 'upstream-truncated',
      code: 'SLUICE_KEY_INVALID',
      status: 200,
      key: { id: keyRecord.id },
    })
  })

  test('an opaque stream', async () => {
    const run = withKeys()
    await run.gateway.handle(request('x', { path: '/v1/opaque' }))
    run.state.record = undefined
    await over(run)
    expect(await run.record()).toMatchObject({ outcome: 'upstream-truncated', code: 'SLUICE_KEY_INVALID' })
  })

  test('an answer that has not come: the client is told why', async () => {
    const run = withKeys({ upstream: silent })
    const handled = run.gateway.handle(request(prompt('hi')))
    await new Promise((resolve) => setTimeout(resolve, 5))
    run.state.record = undefined
    const response = await handled
    expect([response.status, await response.json()]).toEqual([401, { error: 'Invalid detection key' }])
    expect(await run.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_KEY_INVALID', status: 401 })
  })

  test('while a detector looks: nothing is forwarded, and the client is told why', async () => {
    const hanging: DetectorInstance = { mode: 'inspect', types, inspect: () => new Promise(() => undefined) }
    const run = withKeys({ detectors: [loaded(hanging, { timeoutMs: 60_000, onError: 'forward' })] })
    const handled = run.gateway.handle(request(prompt('hi')))
    await new Promise((resolve) => setTimeout(resolve, 5))
    run.state.record = undefined
    expect((await handled).status).toBe(401)
    expect(run.calls()).toBe(0)
    expect(await run.record()).toMatchObject({ outcome: 'refused', code: 'SLUICE_KEY_INVALID' })
  })

  test('under a configuration that another has taken the place of', async () => {
    for (const [standing, code] of [
      ['SLUICE_KEY_INVALID', 'SLUICE_KEY_INVALID'],
      ['SLUICE_APP_SUSPENDED', 'SLUICE_APP_SUSPENDED'],
    ] as const) {
      const run = withKeys()
      await run.gateway.handle(request(prompt('hi')))
      let said: Standing = 'good'
      run.gateway.supersede({ standing: async () => said })
      // The one that took over may be followed by others.
      expect(await run.gateway.standing(keyRecord)).toBe('good')
      said = standing
      await over(run)
      expect(await run.record()).toMatchObject({ outcome: 'upstream-truncated', code })
    }
  })

  test('a gateway says of a key what it would say of a request', async () => {
    expect(await withKeys().gateway.standing(keyRecord)).toBe('good')
    expect(await withKeys({ context: { status: 'suspended' } }).gateway.standing(keyRecord)).toBe(
      'SLUICE_APP_SUSPENDED',
    )
    expect(await withKeys({ setup: { apps: [] } }).gateway.standing(keyRecord)).toBe('SLUICE_APP_SUSPENDED')
  })

  test('a store that does not answer ends nothing; one timer asks, once for all streams of a key', async () => {
    const run = withKeys({ setup: { maxQueuedEvents: 1000, timeouts: patient } })
    for (let count = 0; count < 50; count++) await run.gateway.handle(request(prompt('hi')))
    run.state.asked = 0
    run.state.broken = true
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(run.gateway.active).toBe(50)
    expect(run.state.asked).toBeLessThanOrEqual(3)
    expect(run.state.asked).toBeGreaterThan(0)
    run.state.broken = false
    run.state.record = undefined
    await over(run)
    expect(await run.events()).toHaveLength(50)
    // Nothing is under way any more: nobody asks.
    const { asked } = run.state
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect(run.state.asked).toBe(asked)
  })
})
