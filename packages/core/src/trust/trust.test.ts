import { describe, expect, test } from 'bun:test'
import { trust as settings } from '../../test/fakes.ts'
import type { TrustSettings } from '../protocol/exchange.ts'
import type { ActorState } from '../protocol/store.ts'
import { claimQuarantined, type Interaction, newActor, quarantine, settleTrust } from './trust.ts'

const now = Date.UTC(2026, 10, 23, 12)
const dayMs = 86_400_000
const unlimited: TrustSettings = { ...settings, dailyEarnings: 1000 }

function settled(times: number, from: Partial<ActorState>, of: Partial<Interaction>, by = unlimited): ActorState {
  const interaction = { now, violation: false, earns: true, underAttack: false, identity: 'STRONG' as const, ...of }
  let state: ActorState = { ...newActor, ...from }
  for (let time = 0; time < times; time++) state = settleTrust(state, interaction, by)
  return state
}

describe('trust', () => {
  test('starts at 0', () => {
    expect(
      settleTrust(undefined, { now, violation: false, earns: false, underAttack: false, identity: 'STRONG' }, settings),
    ).toEqual({ ...newActor, interactions: 1, lastSeenAt: now })
  })

  test('a clean interaction earns 0.2, half of it below 5 interactions', () => {
    expect(settled(1, {}, {}).trust).toBe(0.1)
    expect(settled(5, {}, {}).trust).toBe(0.5)
    expect(settled(6, {}, {}).trust).toBe(0.7)
    expect(settled(1, { interactions: 5 }, {}).trust).toBe(0.2)
  })

  test('10,000 interactions do not drift', () => {
    expect(settled(475, { interactions: 5 }, {}).trust).toBe(95)
    const capped = { ...unlimited, cleanInteraction: 0.001 }
    expect(settled(10_000, { interactions: 5 }, {}, capped).trust).toBe(10)
    expect(settled(10_000, { trust: 100 }, { violation: true }, { ...unlimited, violation: 0.1 })).toMatchObject({
      trust: 0,
      debt: 900,
      violations: 10_000,
    })
  })

  test('nothing is earned while an attack chain is under way, nor by what is no answered generation', () => {
    expect(settled(1000, { interactions: 5 }, { underAttack: true }).trust).toBe(0)
    expect(settled(1000, { interactions: 5 }, { earns: false })).toMatchObject({
      trust: 0,
      earned: 0,
      interactions: 1005,
    })
  })

  test('a violation costs 1, and what trust cannot pay is owed', () => {
    expect(settled(1, { trust: 3 }, { violation: true })).toMatchObject({ trust: 2, debt: 0, violations: 1 })
    expect(settled(1, { trust: 0.4 }, { violation: true })).toMatchObject({ trust: 0, debt: 0.6 })
    expect(settled(3, {}, { violation: true })).toMatchObject({ trust: 0, debt: 3, violations: 3 })
  })

  test('debt is paid back before trust rises', () => {
    const owing = { debt: 0.5, interactions: 5 }
    expect(settled(2, owing, {})).toMatchObject({ trust: 0, debt: 0.1 })
    expect(settled(3, owing, {})).toMatchObject({ trust: 0.1, debt: 0 })
  })

  test('at most so much is earned a day, paid-back debt included; the next day earns again', () => {
    const day = settled(100, { interactions: 5, debt: 1 }, {}, settings)
    expect(day).toMatchObject({ trust: 4, debt: 0, earned: 5, earnedDay: '2026-11-23' })
    expect(settled(1, day, { now: now + dayMs }, settings)).toMatchObject({
      trust: 4.2,
      earned: 0.2,
      earnedDay: '2026-11-24',
    })
  })

  for (const [identity, ceiling] of Object.entries({ BASIC: 25, STANDARD: 50, VERIFIED: 80, STRONG: 95 })) {
    test(`${identity} ends at ${ceiling}`, () => {
      // The keys above are the strengths.
      expect(settled(600, {}, { identity: identity as Interaction['identity'] }).trust).toBe(ceiling)
    })
  }

  test('a ceiling takes nothing from who stands above it', () => {
    expect(settled(10, { trust: 40 }, { identity: 'BASIC' }).trust).toBe(40)
  })

  test('restoration is off unless configured; then it pays debt first and keeps to the ceiling', () => {
    const away = { trust: 10, lastSeenAt: now - 10 * dayMs, interactions: 5 }
    const idle = { earns: false }
    const restoring = { ...unlimited, restorationPerDay: 0.5 }
    expect(settled(1, away, idle).trust).toBe(10)
    expect(settled(1, away, idle, restoring).trust).toBe(15)
    expect(settled(1, { ...away, trust: 0, debt: 4 }, idle, restoring)).toMatchObject({ trust: 1, debt: 0 })
    expect(settled(1, { ...away, lastSeenAt: now - dayMs + 1 }, idle, restoring).trust).toBe(10)
    const long = { ...away, lastSeenAt: now - 1000 * dayMs }
    expect(settled(1, long, { ...idle, identity: 'BASIC' }, restoring).trust).toBe(25)
    expect(settled(1, { ...away, lastSeenAt: now + dayMs }, idle, restoring).trust).toBe(10)
  })
})

describe('quarantine', () => {
  test('leaves trust; termination takes all of it', () => {
    const state = { ...newActor, trust: 30 }
    expect(quarantine(state, now, 'p', false)).toMatchObject({ trust: 30, quarantinedAt: now, quarantinedBy: 'p' })
    expect(quarantine(state, now, 'p', true)).toMatchObject({ trust: 0, quarantinedAt: now })
  })

  test('keeps the first time and policy', () => {
    const once = quarantine(undefined, now, 'first', false)
    expect(quarantine(once, now + 1, 'second', true)).toMatchObject({ quarantinedAt: now, quarantinedBy: 'first' })
  })

  test('three different claims bind their key, one claim three times does not', () => {
    const claim = (state: ActorState | undefined, id: string) => claimQuarantined(state, id, now, 'p', settings)
    const same = claim(claim(claim(undefined, 'a'), 'a'), 'a')
    expect(same.quarantinedAt).toBeUndefined()
    expect(same.quarantinedClaims).toEqual(['a'])
    const two = claim(same, 'b')
    expect(two.quarantinedAt).toBeUndefined()
    const three = claim(two, 'c')
    expect(three).toMatchObject({ quarantinedAt: now, quarantinedBy: 'p', quarantinedClaims: ['a', 'b', 'c'] })
    expect(claim(three, 'd').quarantinedClaims).toHaveLength(3)
  })
})
