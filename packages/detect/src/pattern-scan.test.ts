import { describe, expect, test } from 'bun:test'
import { ContentLimit, type DetectionTypeSpec, type DetectorInstance } from '@sluice/core'
import { scanPieces, splitAt } from '@sluice/testing'
import fc from 'fast-check'
import { charSet } from './char-set.ts'
import { patternGate } from './gate.ts'
import { createPatternScan } from './pattern-scan.ts'
import type { PatternRule } from './rule.ts'

const spec: DetectionTypeSpec = {
  message: 'A thing',
  severity: 'LOW',
  riskDomain: 'DATA_PROTECTION',
  riskCategory: 'TEST',
  dataClassification: 'NONE',
}
const types = { A: spec, B: spec, C: spec, D: spec, E: spec }
type Code = keyof typeof types

const rules: readonly PatternRule<Code>[] = [
  {
    name: 'token',
    type: 'A',
    confidence: 1,
    anchor: { type: 'token', literals: ['ab_', 'ab_c', 'q.'] },
    pattern: /(?:ab_|q\.)[a-c_]{17,30}(?![A-Za-z0-9])/,
    length: 34,
    stop: /[^a-z_.]/,
  },
  {
    name: 'mail',
    type: 'B',
    confidence: 1,
    anchor: { type: 'literal', literals: ['@'] },
    head: { chars: charSet('a-c.'), min: 1, max: 6 },
    pattern: /@[a-c]{1,8}\.[a-c]{2}/,
    length: 12,
    stop: /[^a-c.]/,
  },
  {
    name: 'block',
    type: 'C',
    confidence: 1,
    anchor: { type: 'literal', literals: ['<<'] },
    pattern: /<<[^<>]{0,40}>>/,
    length: 44,
    stop: />>/,
  },
  {
    name: 'number',
    type: 'D',
    confidence: 1,
    anchor: { type: 'gate', gate: patternGate(/\d/, 1) },
    pattern: /\d{2,9}/,
    length: 10,
    context: 4,
    accept: ({ before, value }) => before.endsWith('no ') && { units: Math.min(4, value.length) },
  },
  {
    name: 'generic',
    type: 'E',
    confidence: 0.5,
    rank: 'generic',
    anchor: { type: 'literal', literals: ['='] },
    pattern: /=(?<value>\S{4,40})/,
    length: 41,
  },
]
const scan: DetectorInstance = createPatternScan(rules, types)

test('the same findings however the text is cut (law 3)', () => {
  const fragments = [
    'ab_',
    'ab_c',
    'abcabcabc',
    'q.',
    '@',
    '.ab',
    'a.b',
    '<<',
    '>>',
    ' ',
    'no 12',
    '345',
    '=',
    'x',
    'é',
    '\\n',
  ]
  const text = fc.array(fc.constantFrom(...fragments), { maxLength: 40 }).map((parts) => parts.join(''))
  const cuts = fc.array(fc.nat(400), { maxLength: 30 })
  fc.assert(
    fc.property(text, cuts, (whole, positions) => {
      const at = positions.map((position) => position % (whole.length + 1)).sort((a, b) => a - b)
      expect(scanPieces(scan, splitAt(whole, at))).toEqual([...scanPieces(scan, [whole])])
    }),
    { seed: 7, numRuns: 3000 },
  )
})

describe('what is found', () => {
  const found = (text: string): readonly unknown[] =>
    scanPieces(scan, [text]).map(({ type, start, end }) => [type, text.slice(start, end)])

  test('a head belongs to the match, unless it is too long to be one', () => {
    expect(found('to ab.c@abc.ab')).toEqual([['B', 'ab.c@abc.ab']])
    expect(found('abcabca@abc.ab')).toEqual([])
  })

  test('a match follows no letter or digit, but may follow an escape', () => {
    const token = `ab_${'abc'.repeat(6)}`
    expect(found(`x${token}`)).toEqual([])
    expect(found(`\\n${token}`)).toEqual([['A', token]])
    expect(found(`%3D${token}`)).toEqual([['A', token]])
  })

  test('accept sees the context and may shorten the finding', () => {
    expect(found('no 123456')).toEqual([['D', '1234']])
    expect(found('12 123456')).toEqual([])
  })

  test('a generic finding gives way to a specific one that covers it, and to no other', () => {
    const token = `ab_${'abc'.repeat(6)}`
    expect(found(`=${token}`)).toEqual([['A', token]])
    expect(found(`=${token};x`)).toEqual([
      ['E', `${token};x`],
      ['A', token],
    ])
  })
})

describe('clearedTo', () => {
  const cleared = (text: string): number => {
    if (scan.mode !== 'scan') throw new Error('not a scan')
    return scan.push(scan.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' }), text).clearedTo
  }

  test('goes to the end where nothing can have begun', () => {
    expect(cleared('Nothing to see here, ')).toBe(21)
  })

  test('stays before what may have begun', () => {
    expect(cleared('see <<abc')).toBe(4)
    expect(cleared('see ab')).toBe(4)
    expect(cleared('see ab. ')).toBe(8)
  })

  test('moves on when a stop has been seen, long before the longest match', () => {
    expect(cleared('see <<abc>> and ')).toBe(16)
  })
})

test('memory is bounded by the rules: the tail does not grow with the stream', () => {
  if (scan.mode !== 'scan') throw new Error('not a scan')
  let state = scan.init({ id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' })
  let findings = 0
  for (let at = 0; at < 20_000; at++) {
    const step = scan.push(state, '<<ab_ no 12 ')
    state = step.state
    findings += step.findings.length
  }
  expect(JSON.stringify(state).length).toBeLessThan(2000)
  expect(findings).toBeGreaterThan(19_000)
})

test('content that has no end of candidates is over the limit, however it is cut', () => {
  const dots = (count: number): DetectorInstance => {
    const dot = (name: number): PatternRule<Code> => {
      return {
        name: `dot-${name}`,
        type: 'A',
        confidence: 1,
        anchor: { type: 'literal', literals: ['.'] },
        pattern: /\.x/,
        length: 2,
      }
    }
    return createPatternScan(
      Array.from({ length: count }, (_, at) => dot(at)),
      types,
    )
  }
  const text = '.'.repeat(40_000)
  for (const pieces of [[text], splitAt(text, [5, 20_000, 20_001])]) {
    expect(() => scanPieces(dots(5), pieces)).toThrow(ContentLimit)
    expect(scanPieces(dots(4), pieces)).toEqual([])
  }
})

test('a caseless literal is found whatever its case', () => {
  const words = createPatternScan<Code>(
    [
      {
        name: 'drop',
        type: 'A',
        confidence: 1,
        anchor: { type: 'literal', literals: ['drop table', 'truncate'], caseless: true },
        pattern: /(?:drop table|truncate) \w{1,20}/i,
        length: 32,
      },
    ],
    types,
  )
  const found = scanPieces(words, ['DROP Ta', 'ble users; Truncate logs']).map(({ start, end }) => [start, end])
  expect(found).toEqual([
    [0, 16],
    [18, 31],
  ])
})
