import { describe, expect, test } from 'bun:test'
import type { DetectorInstance } from '../protocol/detector.ts'
import type { Finding } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { innerLeaves } from './inner.ts'
import { inspect } from './inspection.ts'

function outer(text: string, kind: TextSegment['kind'] = 'tool-arguments'): TextSegment {
  return { id: 's0', direction: 'egress', kind, trust: 'model', text, sources: [{ place: { pointer: '' }, start: 0 }] }
}

function texts(text: string): string[] {
  return innerLeaves(outer(text)).map(({ segment }) => segment.text)
}

describe('innerLeaves', () => {
  test('values, and names that are spelled with escapes', () => {
    expect(texts(String.raw`{"plain":"one","n\u0061me" : ["t\"wo",3,""]}`)).toEqual(['one', 'name', 't"wo'])
  })

  test('both of a member that stands twice', () => {
    expect(texts(String.raw`{"a":"\u0031","a":"2"}`)).toEqual(['1', '2'])
  })

  test('what stands in JSON that is cut short', () => {
    expect(texts(String.raw`{"a":"\u0031","b":"c\u0064e`)).toEqual(['1', 'cde'])
    expect(texts(String.raw`{"b":"c\u0064e\u00`)).toEqual(['cde'])
    expect(texts(String.raw`{"b":"c\u0064e${'\\'}`)).toEqual(['cde'])
  })

  test('nothing of other texts', () => {
    expect(texts('say "it"')).toEqual([])
    expect(innerLeaves(outer('{"a":"b"}', 'assistant'))).toEqual([])
    expect(texts(String.raw`["no \x escape"]`)).toEqual([])
  })

  test('findings are placed on the spelling of what was found', () => {
    const text = String.raw`{"a":"x\n\u0041\ud83d\ude00z"}`
    const [leaf] = innerLeaves(outer(text))
    const [finding] = leaf?.toOuter([{ type: 'T', confidence: 1, start: 2, end: 5 }]) ?? []
    expect(text.slice(finding?.start, finding?.end)).toBe(String.raw`\u0041\ud83d\ude00`)
  })
})

describe('half a surrogate pair', () => {
  const high = '\ud83d'
  const low = '\ude00'
  const read = (text: string, kind: TextSegment['kind'] = 'user') => innerLeaves(outer(text, kind))

  test('is left out in a reading of its own, a whole pair is not', () => {
    const readings = (text: string) => read(text).map(({ segment }) => segment.text)
    expect(readings(`a${high}b`)).toEqual(['ab'])
    expect(readings(`${low}a${high}${high}${low}${low}b${high}`)).toEqual([`a${high}${low}b`])
    expect(readings(`${high}${low}`)).toEqual([])
  })

  test('within a string of JSON in a string too', () => {
    const text = `{"a":"x${String.raw`\ud83d`}y"}`
    expect(read(text, 'tool-result').map(({ segment }) => segment.text)).toEqual([`x${high}y`, 'xy'])
  })

  test('is no part of what was found beside it, and is part of what was found around it', () => {
    const text = `${low}ab${high}c${low}${low}d${high}`
    const [leaf] = read(text)
    const spans = [
      [0, 1],
      [0, 2],
      [1, 3],
      [2, 4],
      [0, 4],
    ] as const
    const found = leaf?.toOuter(spans.map(([start, end]) => ({ type: 'T', confidence: 1, start, end }))) ?? []
    expect(found.map(({ start, end }) => text.slice(start, end))).toEqual([
      'a',
      'ab',
      `b${high}c`,
      `c${low}${low}d`,
      `ab${high}c${low}${low}d`,
    ])
  })
})

describe('a needle spelled with escapes is found in tool arguments', () => {
  const types = {
    WORD: {
      message: 'A word.',
      severity: 'HIGH',
      riskDomain: 'DATA_PROTECTION',
      riskCategory: 'WORDS',
      dataClassification: 'NONE',
    },
  } as const
  const findings = (text: string): Finding[] => {
    const start = text.indexOf('needle')
    return start < 0 ? [] : [{ type: 'WORD', confidence: 1, start, end: start + 6 }]
  }
  const instances: Record<string, DetectorInstance> = {
    inspect: { mode: 'inspect', types, inspect: ({ text }) => findings(text) },
    scan: {
      mode: 'scan',
      types,
      init: () => '',
      push: (_, text) => ({ state: text, findings: [], clearedTo: 0 }),
      // The state is what `push` made of it.
      end: (state) => ({ state, findings: findings(state as string), clearedTo: 0 }),
    },
  }
  test.each(Object.entries(instances))('by a detector of mode %s', async (_, instance) => {
    const limits = { maxFindings: 10 }
    const context = { exchange: 'ex_1', app: 'ac_1', operation: 'o', signal: new AbortController().signal }
    const detector = { id: 'words', instance, onError: 'refuse', timeoutMs: 1000 } as const
    const text = String.raw`{"to":"a \u006eeedle"}`
    const { detections } = await inspect([outer(text)], [], {
      // Of both, detection looks at nothing else.
      app: { detectors: [detector], context: {} } as never,
      limits: limits as never,
      direction: 'egress',
      clock: () => 0,
      fingerprint: (matched) => `of ${matched}`,
      context,
    })
    expect(detections).toMatchObject([{ type: 'WORD', start: 9, end: 20, fingerprint: 'of needle' }])
  })
})
