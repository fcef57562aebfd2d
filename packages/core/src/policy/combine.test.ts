import { expect, test } from 'bun:test'
import type { Action } from '../protocol/policy.ts'
import { CombinedDecision } from './combine.ts'
import { undetected } from './decide.ts'

const piece = (action: Action, policy: string, shadow: Action = action) => ({
  action,
  policy,
  shadow,
  matches: [{ detection: `of ${policy}`, policy, action, mode: 'enforce' as const }],
  edits: [{ type: 'remove' as const, place: { pointer: `/${policy}` as const } }],
})

test('nothing found in any piece is nothing found', () => {
  const combined = new CombinedDecision()
  combined.add(undetected, { edits: true })
  expect(combined.whole).toBe(undetected)
})

test('the most restrictive action and its first policy stand for all, with every match and the edits asked for', () => {
  const combined = new CombinedDecision()
  combined.add(piece('REDACT', 'a', 'BLOCK'), { edits: true })
  combined.add(piece('LOG', 'b'), { edits: true })
  combined.add(piece('REDACT', 'c'), { edits: false })
  expect(combined.whole).toMatchObject({ action: 'REDACT', policy: 'a', shadow: 'BLOCK' })
  expect(combined.whole.matches.map(({ policy }) => policy)).toEqual(['a', 'b', 'c'])
  expect(combined.whole.edits.map(({ place }) => place.pointer)).toEqual(['/a', '/b'])
  combined.add(piece('BLOCK', 'd'), { edits: true })
  combined.add(piece('BLOCK', 'e'), { edits: true })
  expect(combined.whole).toMatchObject({ action: 'BLOCK', policy: 'd', edits: [] })
})
