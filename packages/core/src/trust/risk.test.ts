import { describe, expect, test } from 'bun:test'
import { detection, trust as settings } from '../../test/fakes.ts'
import type { Severity } from '../protocol/finding.ts'
import type { SessionState } from '../protocol/store.ts'
import { riskOf } from './risk.ts'
import { settleSession } from './session.ts'

const quiet: SessionState = {
  startedAt: 0,
  lastSeenAt: 0,
  interactions: 1,
  violations: 0,
  credentialsSeen: false,
  sensitiveSeen: false,
}

function risk(of: {
  severities?: readonly Severity[]
  violations?: number
  trust?: number
  session?: Partial<SessionState>
  outbound?: boolean
}): number {
  const { severities = [], violations = 0, trust = 100, session = {}, outbound = false } = of
  const detections = severities.map((severity) => detection({ severity }))
  return riskOf({ detections, violations, trust, session: { ...quiet, ...session }, outbound }, settings)
}

describe('risk', () => {
  test('signal: that of the severest detection', () => {
    expect(risk({})).toBe(0)
    expect(risk({ severities: ['LOW'] })).toBe(10)
    expect(risk({ severities: ['LOW', 'HIGH', 'MEDIUM'] })).toBe(60)
    expect(risk({ severities: ['MEDIUM'] })).toBe(30)
    expect(risk({ severities: ['CRITICAL'] })).toBe(100)
  })

  test('violations: 2 each, at most 50', () => {
    expect(risk({ violations: 3 })).toBe(6)
    expect(risk({ violations: 25 })).toBe(50)
    expect(risk({ violations: 1000 })).toBe(50)
  })

  test('distrust: 0.3 for each point that lacks', () => {
    expect(risk({ trust: 0 })).toBe(30)
    expect(risk({ trust: 49.9 })).toBe(15)
  })

  test('session: credentials 30, sensitive then outbound 20, volume 10, together at most 50', () => {
    expect(risk({ session: { credentialsSeen: true } })).toBe(30)
    expect(risk({ session: { sensitiveSeen: true } })).toBe(0)
    expect(risk({ outbound: true })).toBe(0)
    expect(risk({ session: { sensitiveSeen: true }, outbound: true })).toBe(20)
    expect(risk({ session: { interactions: 99 } })).toBe(0)
    expect(risk({ session: { interactions: 100 } })).toBe(10)
    expect(risk({ session: { credentialsSeen: true, sensitiveSeen: true, interactions: 100 }, outbound: true })).toBe(
      50,
    )
  })

  test('is cut at 100', () => {
    expect(risk({ severities: ['CRITICAL'], violations: 100, trust: 0 })).toBe(100)
  })
})

describe('a session', () => {
  const found = [detection({ dataClassification: 'PII' })]
  const gap = 30 * 60_000

  test('begins, counts and remembers what was seen', () => {
    const first = settleSession(undefined, { now: 5, detections: [], violation: false }, gap)
    expect(first).toEqual({ ...quiet, startedAt: 5, lastSeenAt: 5 })
    const second = settleSession(first, { now: 6, detections: found, violation: true }, gap)
    expect(second).toMatchObject({
      startedAt: 5,
      interactions: 2,
      violations: 1,
      sensitiveSeen: true,
      credentialsSeen: false,
    })
    const third = settleSession(second, { now: 7, detections: [detection()], violation: false }, gap)
    expect(third).toMatchObject({ interactions: 3, violations: 1, sensitiveSeen: true, credentialsSeen: true })
  })

  test('of an actor ends with a pause of more than 30 minutes; a named one never does', () => {
    const before = { ...quiet, interactions: 7, violations: 2, credentialsSeen: true }
    const at = (now: number) => ({ now, detections: [], violation: false })
    expect(settleSession(before, at(gap), gap)).toMatchObject({ startedAt: 0, interactions: 8, violations: 2 })
    expect(settleSession(before, at(gap + 1), gap)).toEqual({ ...quiet, startedAt: gap + 1, lastSeenAt: gap + 1 })
    expect(settleSession(before, at(1e12), undefined)).toMatchObject({ startedAt: 0, interactions: 8 })
  })
})
