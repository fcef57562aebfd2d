import assert from 'node:assert/strict'
import type { ToolCallVerdict } from '@sluice/core'
import type { ExpectedVerdict } from './tool-filter-fixtures.ts'

/** Stands in descriptions, arguments and results of the samples, and must stand in no verdict. */
export const canary = 'canary7f3a91'

export function assertVerdict(verdict: ToolCallVerdict, expected: ExpectedVerdict): void {
  assertWellFormed(verdict)
  if (typeof expected === 'string') assert.equal(verdict.type, expected)
  else if ('deny' in expected) assert.equal(verdict.type === 'deny' ? verdict.code : verdict.type, expected.deny)
  else assert.deepEqual(verdict.type === 'rewrite' ? verdict.input : verdict.type, expected.rewrite)
}

/** What must hold of every verdict: it is recorded, and read by people. */
export function assertWellFormed(verdict: ToolCallVerdict): void {
  assert.ok(['allow', 'abstain', 'deny', 'rewrite'].includes(verdict.type), 'a verdict has a known type')
  if (verdict.type === 'deny') {
    assert.match(verdict.code, /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/, 'a code is UPPER_SNAKE')
    assert.match(verdict.reason, /^\S[^\n]{0,200}$/, 'a reason is one sentence')
    assert.ok(!`${verdict.code} ${verdict.reason}`.includes(canary), 'a verdict holds no text of the exchange')
  }
}

/** Frozen all the way down: a filter that writes to what it judges throws. */
export function frozen<T>(value: T): T {
  if (typeof value !== 'object' || value === null || value instanceof AbortSignal) return value
  for (const member of Object.values(value)) frozen(member)
  return Object.freeze(value)
}
