import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { detection, segment } from '../../test/fakes.ts'
import { spliceJson } from '../json/splice.ts'
import type { TextSegment } from '../protocol/segment.ts'
import { redactionEdits } from './redact.ts'

const text = (pointer: `/${string}`, start: number, end: number, replacement = '[REDACTED]') => {
  return { type: 'text' as const, place: { pointer }, start, end, replacement }
}

function cut(of: TextSegment, start: number, end: number) {
  return redactionEdits(detection({ start, end }), of)
}

describe('redactionEdits', () => {
  test('one source: the span itself', () => {
    expect(cut(segment({ text: 'a needle here' }), 2, 8)).toEqual([text('/a', 2, 8)])
  })

  test('several sources: replaced in the first, removed from the others', () => {
    const of = segment({
      text: 'one two three',
      sources: [
        { place: { pointer: '/a' }, start: 0 },
        { place: { pointer: '/b' }, start: 4 },
        { place: { pointer: '/c' }, start: 8 },
      ],
    })
    expect(cut(of, 2, 10)).toEqual([text('/a', 2, 4), text('/b', 0, 4, ''), text('/c', 0, 2, '')])
    expect(cut(of, 4, 7)).toEqual([text('/b', 0, 3)])
    expect(cut(of, 8, 13)).toEqual([text('/c', 0, 5)])
  })

  test('what lies before the first source is nowhere to be cut', () => {
    expect(cut(segment({ text: 'xxneedle', sources: [{ place: { pointer: '/a' }, start: 2 }] }), 0, 2)).toBeUndefined()
  })

  test('JSON within: inside one string the span, across structure the whole strings', () => {
    const of = segment({ kind: 'tool-arguments', text: '{"a":"xx needle","b":1}' })
    expect(cut(of, 9, 15)).toEqual([text('/a', 9, 15)])
    expect(cut(of, 9, 22)).toBeUndefined()
    const list = segment({ kind: 'tool-result', text: '["xx needle", "yy"]' })
    expect(cut(list, 5, 17)).toEqual([
      { type: 'text', place: { pointer: '/a', inner: '/0' }, start: 0, end: 9, replacement: '[REDACTED]' },
      { type: 'text', place: { pointer: '/a', inner: '/1' }, start: 0, end: 2, replacement: '[REDACTED]' },
    ])
  })

  test('a value that is spelled out: inside one string its own span, across structure the whole strings', () => {
    const spelled = '{"a": "\\u0078x needle", "b": ["yy", 1]}'
    const of = segment({ kind: 'tool-arguments', text: spelled, json: true })
    const body = JSON.parse(`{"a":${spelled}}`)
    expect(body.a.a).toBe('xx needle')
    const at = spelled.indexOf('needle')
    expect(cut(of, at, at + 6)).toEqual([text('/a/a', 3, 9)])
    expect(cut(of, at, spelled.indexOf('yy') + 1)).toEqual([text('/a/a', 0, 9), text('/a/b/0', 0, 2)])
    expect(cut(of, at, spelled.indexOf('1'))).toEqual([text('/a/a', 0, 9), text('/a/b/0', 0, 2)])
    expect(cut(of, at, spelled.indexOf('1') + 1)).toBeUndefined()
    expect(cut(of, 1, 4)).toBeUndefined()
    expect(spliceJson(`{"a":${spelled}}`, cut(of, at, at + 6) ?? [])).toBe(
      `{"a":${spelled.replace('needle', '[REDACTED]')}}`,
    )
  })

  test('JSON within: a number or a member name cannot be redacted', () => {
    const of = segment({ kind: 'tool-arguments', text: '{"needle":4111111111111111}' })
    expect(cut(of, 2, 8)).toBeUndefined()
    expect(cut(of, 10, 26)).toBeUndefined()
  })

  test('arguments that are no JSON are cut as they stand', () => {
    expect(cut(segment({ kind: 'tool-arguments', text: '{"a": needle' }), 6, 12)).toEqual([text('/a', 6, 12)])
  })

  test('no legal result: names, queries, decoded text, a segment that is not there', () => {
    const at = (place: TextSegment['sources'][number]['place']) => segment({ sources: [{ place, start: 0 }] })
    expect(cut(at({ pointer: '/a', key: true }), 0, 4)).toBeUndefined()
    expect(cut(at({ pointer: '', query: 'q' }), 0, 4)).toBeUndefined()
    expect(cut(at({ pointer: '', frame: 3 }), 0, 4)).toBeUndefined()
    expect(cut(segment({ decoded: true }), 0, 4)).toBeUndefined()
    expect(cut(segment({ kind: 'tool-name' }), 0, 4)).toBeUndefined()
    expect(redactionEdits(detection(), undefined)).toBeUndefined()
  })

  test('a stream: a legal result where the whole answer has one', () => {
    const streamed = (text: string) => {
      const sources = [...text].map((_, frame) => ({ place: { pointer: '/a' as const, frame }, start: frame }))
      return segment({ kind: 'tool-arguments', text, sources })
    }
    expect(cut(streamed('{"a":"xx needle","b":1}'), 9, 15)).toHaveLength(1)
    expect(cut(streamed('["xx needle", "yy"]'), 5, 17)).toHaveLength(2)
    expect(cut(streamed('{"n":4111111111111111}'), 5, 21)).toBeUndefined()
    expect(cut(streamed('{"needle":1}'), 2, 8)).toBeUndefined()
  })

  test('of 100,000 parts only those that the span touches are looked at', () => {
    const sources = Array.from({ length: 100_000 }, (_, index) => {
      return { place: { pointer: `/${index}` as const }, start: index * 4 }
    })
    const of = segment({ text: 'text'.repeat(100_000), sources })
    const start = performance.now()
    for (let at = 0; at < 1000; at++) expect(cut(of, 399_996, 400_000)).toHaveLength(1)
    expect(performance.now() - start).toBeLessThan(500)
  })

  test('after the edits nothing of the needle is left, wherever it was cut', () => {
    const piece = fc.string({ unit: fc.constantFrom('a', 'b', '"', '\\', 'é'), maxLength: 6 })
    fc.assert(
      fc.property(piece, piece, fc.array(fc.integer({ min: 0, max: 9 }), { maxLength: 3 }), (before, after, cuts) => {
        const whole = `${before}NEEDLE${after}`
        const marks = [...new Set([0, ...cuts.map((at) => Math.min(at, whole.length))])].sort((a, b) => a - b)
        const parts = marks.map((at, index) => whole.slice(at, marks[index + 1]))
        const sources = marks.map((start, index) => ({ place: { pointer: `/${index}` as const }, start }))
        const edits = cut(segment({ text: whole, sources }), before.length, before.length + 6)
        const body = spliceJson(JSON.stringify(parts), edits ?? [])
        const left: string[] = JSON.parse(body ?? '')
        expect(left.join('')).toBe(`${before}[REDACTED]${after}`)
      }),
      { seed: 11, numRuns: 300 },
    )
  })
})
