import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { detection, segment } from '../../test/fakes.ts'
import type { Action, Policy } from '../protocol/policy.ts'
import { decide } from './decide.ts'
import { compilePolicy } from './match.ts'
import { actionRank, blocks } from './severity.ts'

const subject = { operation: 'chat', path: '/v1/chat', models: [], trust: 0, identity: 'STANDARD' } as const
const segments = new Map([['q0', segment({ text: 'a needle here' })]])
const found = detection({ start: 2, end: 8 })
const actions: readonly Action[] = ['ALLOW', 'LOG', 'REDACT', 'REDACT_AND_ALERT', 'BLOCK', 'QUARANTINE', 'TERMINATE']

function rule(action: Action, members: Partial<Policy> = {}): Policy {
  return { id: action.toLowerCase(), match: {}, action, ...members }
}

function decided(policies: readonly Policy[], detections = [found]) {
  return decide(detections, segments, policies.map(compilePolicy), subject)
}

describe('decide', () => {
  test('without a detection, ALLOW, whatever the rules', () => {
    expect(decided([rule('BLOCK')], [])).toEqual({ action: 'ALLOW', shadow: 'ALLOW', matches: [], edits: [] })
  })

  test('a detection without a rule is logged', () => {
    expect(decided([])).toEqual({ action: 'LOG', shadow: 'LOG', matches: [], edits: [] })
    expect(decided([rule('BLOCK', { match: { types: ['PII_*'] } })]).action).toBe('LOG')
  })

  test('ALLOW does not lower what a detection gets, and is still named', () => {
    expect(decided([rule('ALLOW')])).toMatchObject({ action: 'LOG', policy: 'allow' })
  })

  test('the most restrictive of all wins, and its policy is named', () => {
    const decision = decided([rule('REDACT'), rule('QUARANTINE'), rule('BLOCK'), rule('LOG')])
    expect(decision).toMatchObject({ action: 'QUARANTINE', policy: 'quarantine', shadow: 'QUARANTINE', edits: [] })
    expect(decision.matches.map(({ policy }) => policy)).toEqual(['redact', 'quarantine', 'block', 'log'])
  })

  test('shadow is recorded and changes nothing', () => {
    const decision = decided([rule('TERMINATE', { mode: 'shadow' }), rule('REDACT', { mode: 'shadow' })])
    expect(decision).toMatchObject({ action: 'LOG', shadow: 'TERMINATE', edits: [] })
    expect(decision.policy).toBeUndefined()
    expect(decision.matches).toEqual([
      { detection: 'i0', policy: 'terminate', action: 'TERMINATE', mode: 'shadow' },
      { detection: 'i0', policy: 'redact', action: 'REDACT', mode: 'shadow' },
    ])
  })

  test('REDACT cuts the span, once, however many rules ask for it', () => {
    const { action, edits } = decided([rule('REDACT'), rule('REDACT_AND_ALERT'), rule('REDACT', { id: 'again' })])
    expect(action).toBe('REDACT_AND_ALERT')
    expect(edits).toEqual([{ type: 'text', place: { pointer: '/a' }, start: 2, end: 8, replacement: '[REDACTED]' }])
  })

  test('a redaction without a legal result is BLOCK, and the match says so', () => {
    const decision = decided([rule('REDACT')], [detection({ segment: 'gone' })])
    expect(decision).toMatchObject({ action: 'BLOCK', policy: 'redact', edits: [] })
    expect(decision.matches).toEqual([
      { detection: 'i0', policy: 'redact', action: 'REDACT', mode: 'enforce', widened: 'BLOCK' },
    ])
  })

  test('a shadowed redaction without a legal result blocks in the shadow only', () => {
    const decision = decided([rule('REDACT', { mode: 'shadow' })], [detection({ segment: 'gone' })])
    expect(decision).toMatchObject({ action: 'LOG', shadow: 'BLOCK' })
  })

  test('is pure, never lower than any enforced match, and edits only when it redacts', () => {
    const policy = fc.record({
      id: fc.constantFrom('a', 'b', 'c'),
      action: fc.constantFrom(...actions),
      mode: fc.constantFrom('enforce' as const, 'shadow' as const),
      match: fc.record(
        { minConfidence: fc.constantFrom(0, 0.5, 1), types: fc.constantFrom(['*'], ['PII_*']) },
        { requiredKeys: [] },
      ),
    })
    const detections = fc.array(
      fc.record({
        confidence: fc.constantFrom(0, 0.5, 1),
        segment: fc.constantFrom('q0', 'gone'),
        type: fc.constantFrom('CREDENTIALS_NEEDLE', 'PII_EMAIL'),
      }),
      { maxLength: 6 },
    )
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 5 }), detections, (policies, members) => {
        const all = members.map((each, index) => detection({ ...each, id: `i${index}`, start: index, end: index + 3 }))
        const frozen = JSON.stringify([policies, all])
        const decision = decided(policies, all)
        expect(decided(policies, all)).toEqual(decision)
        expect(JSON.stringify([policies, all])).toBe(frozen)
        for (const { action, widened, mode } of decision.matches) {
          const rank = actionRank(widened ?? action)
          expect(actionRank(decision.shadow)).toBeGreaterThanOrEqual(rank)
          if (mode === 'enforce') expect(actionRank(decision.action)).toBeGreaterThanOrEqual(rank)
        }
        expect(actionRank(decision.shadow)).toBeGreaterThanOrEqual(actionRank(decision.action))
        const redacts = decision.action === 'REDACT' || decision.action === 'REDACT_AND_ALERT'
        expect(decision.edits.length > 0).toBe(redacts)
        if (blocks(decision.action)) expect(decision.edits).toEqual([])
      }),
      { seed: 7, numRuns: 400 },
    )
  })
})
