import { describe, expect, test } from 'bun:test'
import { appContext, detectionKey, keyRecord, memoryStore } from '../../test/fakes.ts'
import { prompt, request, running } from '../../test/gateway.ts'
import type { GatewaySetup } from '../protocol/exchange.ts'

/** What is recorded of one needle, sent to an AppContext of this id by somebody of this name. */
async function record(app: string, setup: Partial<GatewaySetup> = {}, store = memoryStore()) {
  const run = running({ context: { id: app }, store, setup: { keys: [{ ...keyRecord, app }], ...setup } })
  await run.gateway.handle(
    request(prompt('a needle', { user: 'ada' }), { headers: { 'x-detection-key': detectionKey, 'x-session-id': 's' } }),
  )
  const { detections, fingerprintKey, actor, session } = await run.record()
  return { fingerprint: detections[0]?.fingerprint, fingerprintKey, actor: actor?.id, session }
}

// From the review of this design: there are a billion social security numbers, and hashing them all takes a minute.
describe('65 fingerprints are enumerated, and linked across tenants', () => {
  const [one, other] = [appContext.id, 'ac_other0000000']

  test('the same text in two AppContexts differs, in one it is the same', async () => {
    const first = await record(one)
    expect(first.fingerprint).toMatch(/^[0-9a-f]{16}$/)
    expect(await record(one)).toEqual(first)
    const second = await record(other)
    for (const name of ['fingerprint', 'actor', 'session'] as const) expect(second[name]).not.toBe(first[name])
  })

  test('another key makes others, and the record names it; who acts is known on', async () => {
    const first = await record(one)
    expect(first.fingerprintKey).toBe('k1')
    const rotated = await record(one, { fingerprintKey: { id: 'k2', secret: 'cc' } })
    expect(rotated.fingerprintKey).toBe('k2')
    expect(rotated.fingerprint).not.toBe(first.fingerprint)
    expect([rotated.actor, rotated.session]).toEqual([first.actor, first.session])
  })

  test('another installation knows neither', async () => {
    const first = await record(one)
    const there = await record(one, { hmacKey: 'dd', fingerprintKey: { id: 'k1', secret: 'ee' } })
    for (const name of ['fingerprint', 'actor', 'session'] as const) expect(there[name]).not.toBe(first[name])
  })

  test('of a caller that nobody knows there is none', async () => {
    const run = running({ setup: { keys: [] } })
    await run.gateway.handle(request(prompt('a needle')))
    expect((await run.record()).fingerprintKey).toBeUndefined()
  })
})
