import { expect, test } from 'bun:test'
import type { DetectionTypeSpec, DetectorInstance, Segment } from '@sluice/core'
import { findIn, scanPieces, splitAt } from '@sluice/testing'
import fc from 'fast-check'
import { nothing } from './char-set.ts'
import { joinScans } from './join-scans.ts'
import { createPatternScan } from './pattern-scan.ts'
import { withViews } from './views/view-scan.ts'
import { createWindowScan } from './window-scan.ts'

const spec: DetectionTypeSpec = {
  message: 'A thing',
  severity: 'LOW',
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'TEST',
  dataClassification: 'NONE',
}
const types = { A: spec, B: spec }

const patterns = createPatternScan<'A' | 'B'>(
  [
    {
      name: 'long',
      type: 'A',
      confidence: 0.5,
      anchor: { type: 'literal', literals: ['ab'] },
      boundary: nothing,
      pattern: /abc{0,20}/,
      length: 22,
    },
  ],
  types,
)
const lines = createWindowScan<'A' | 'B'>({
  types,
  longest: 64,
  overlap: 16,
  judge({ text }) {
    const at = text.indexOf('abc')
    return at === -1
      ? []
      : [
          { type: 'A', confidence: 0.9, start: at, end: at + 3 },
          { type: 'B', confidence: 1, start: at, end: at + 3 },
        ]
  },
})
const joined: DetectorInstance = joinScans([patterns, lines], types)
const segment: Segment = { id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' }

test('what several scans find comes in order, and once', async () => {
  const found = await findIn(joined, 'ab abc\nabccc')
  expect(found.map(({ type, confidence, start, end }) => [type, confidence, start, end])).toEqual([
    ['A', 0.5, 0, 2],
    ['B', 1, 3, 6],
    ['A', 0.9, 3, 6],
    ['A', 0.5, 7, 12],
    ['B', 1, 7, 10],
    ['A', 0.9, 7, 10],
  ])
})

test('the same findings however the text is cut (law 3), in views too', async () => {
  const text = fc
    .array(fc.constantFrom('ab', 'c', 'cccc', '\n', ' ', '\u200b', 'x'.repeat(40)), { maxLength: 30 })
    .map((parts) => parts.join(''))
  for (const detector of [joined, withViews(joined, 80)]) {
    await fc.assert(
      fc.asyncProperty(text, fc.array(fc.nat(200), { maxLength: 20 }), async (whole, positions) => {
        const at = positions.map((position) => position % (whole.length + 1)).sort((a, b) => a - b)
        expect(scanPieces(detector, splitAt(whole, at))).toEqual([...(await findIn(detector, whole))])
      }),
      { seed: 5, numRuns: 1000 },
    )
  }
})

test('the text is cleared as far as the slowest has cleared it', () => {
  if (joined.mode !== 'scan') throw new Error('not a scan')
  expect(joined.push(joined.init(segment), 'x\ny ab').clearedTo).toBe(2)
})

test('a scan that leaves a kind of segment out does not read it here either', () => {
  const some = joinScans([patterns, { ...lines, excludes: ['assistant'] }], types)
  if (some.mode !== 'scan') throw new Error('not a scan')
  expect(some.whole?.(segment, 'abc').map(({ type }) => type)).toEqual(['A'])
  expect(some.whole?.({ ...segment, kind: 'tool-result' }, 'abc').map(({ type }) => type)).toEqual(['B', 'A'])
  expect(scanPieces(some, ['abc']).map(({ type }) => type)).toEqual(['B', 'A'])
  const { state } = some.push(some.init(segment), 'abc')
  expect(some.end(state).findings.map(({ type }) => type)).toEqual(['A'])
})

test('only scans can be joined', () => {
  expect(() => joinScans([{ mode: 'inspect', types, inspect: () => [] }], types)).toThrow(TypeError)
})
