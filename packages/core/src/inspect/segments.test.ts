import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { emptyView } from '../../test/fakes.ts'
import { oddJson } from '../../test/odd-json.ts'
import { stringLeaves } from '../json/leaves.ts'
import { compilePatterns } from '../json/pattern.ts'
import { valueAt } from '../json/pointer.ts'
import type { Body } from '../protocol/body.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { BodyView, NamedText } from '../protocol/view.ts'
import { isJoined, segmentsOf } from './segments.ts'

function declared(ignores: readonly string[] = [], names: readonly string[] = []) {
  const patterns = compilePatterns(ignores.map((pointer) => ({ pointer, value: 'reason' })))
  return { ignores: patterns, knownNames: new Set(names) }
}

function json(value: Json): Body {
  return { type: 'json', text: JSON.stringify(value), value }
}

function named(pointer: JsonPointer, text: string, members: Partial<NamedText> = {}): NamedText {
  return { kind: 'user', trust: 'user', text, sources: [{ place: { pointer }, start: 0 }], ...members }
}

function ofJson(value: Json, view: Partial<BodyView> = {}, ignores: readonly string[] = [], names: string[] = []) {
  return segmentsOf(json(value), { ...emptyView, ...view }, declared(ignores, names), 'ingress', [])
}

const isNames = ({ sources }: TextSegment): boolean => sources.every(({ place }) => place.key === true)
const brief = (segments: readonly TextSegment[]) =>
  segments.map(({ id, kind, text, sources }) => [id, kind, sources.map(({ place }) => place.pointer).join(), text])

describe('nothing is uninspected by omission', () => {
  test('every string leaf is in exactly one segment, every member name in the segment of names', () => {
    const choices = fc.array(fc.constantFrom('name', 'ignore', 'cover', 'leave'), { minLength: 1, maxLength: 8 })
    fc.assert(
      fc.property(oddJson, choices, (text, marks) => {
        const value: Json = JSON.parse(text)
        const leaves: { pointer: JsonPointer; leaf: string }[] = []
        const names = new Set<string>()
        const visit = (leaf: string, pointer: () => JsonPointer) => leaves.push({ pointer: pointer(), leaf })
        stringLeaves(value, undefined, visit, (name) => names.add(name))
        const marked = (mark: string) =>
          leaves.filter((_, index) => marks[index % marks.length] === mark).map(({ pointer }) => pointer)
        const texts = marked('name').map((pointer) => named(pointer, String(valueAt(value, pointer))))
        const opaque = marked('cover').map((pointer) => ({ place: { pointer }, content: 'image', reason: 'r' }))
        const body: Body = { type: 'json', text, value }
        const segments = segmentsOf(body, { ...emptyView, texts, opaque }, declared(), 'ingress', [])

        const found = segments.filter((segment) => !isNames(segment))
        const covered = new Set(opaque.map(({ place }) => place.pointer))
        const expected = leaves.filter(({ pointer, leaf }) => leaf !== '' && !covered.has(pointer))
        expect(found.map(({ text, sources }) => [sources[0]?.place.pointer, text]).sort()).toEqual(
          expected.map(({ pointer, leaf }) => [pointer, leaf]).sort(),
        )
        expect(new Set(segments.map(({ id }) => id)).size).toBe(segments.length)
        const gathered = segments.filter(isNames)
        expect(gathered).toHaveLength(names.size > (names.has('') ? 1 : 0) ? 1 : 0)
        for (const name of names) if (name !== '') expect(gathered[0]?.text).toContain(name)
        for (const { text, sources } of gathered) {
          for (const [index, { place, start }] of sources.entries()) {
            const end = (sources[index + 1]?.start ?? text.length + 1) - 1
            const parent = valueAt(value, place.pointer.slice(0, place.pointer.lastIndexOf('/')) as JsonPointer)
            expect(Object.keys(parent ?? {})).toContain(text.slice(start, end))
          }
        }
      }),
      { seed: 31, numRuns: 300 },
    )
  })

  test('only what is declared is passed by', () => {
    const value = { model: 'm', meta: { a: 'b' }, deep: [{ id: 'x', text: 'y' }] }
    expect(brief(ofJson(value, {}, ['/model', '/deep/*/id', '/meta/**'], ['deep', 'text']))).toEqual([
      ['q0', 'other', '/deep/0/text', 'y'],
    ])
  })

  test('a named text claims its place, not what is below it or beside it', () => {
    const value = { a: 'x', 'a/b': 'y', ab: 'z' }
    const texts = [named('/a', 'x')]
    expect(brief(ofJson(value, { texts }, [], ['a', 'a/b', 'ab']))).toEqual([
      ['q0', 'user', '/a', 'x'],
      ['q1', 'other', '/a~1b', 'y'],
      ['q2', 'other', '/ab', 'z'],
    ])
  })

  test('a named member name, or a piece of a string, does not claim the string', () => {
    const texts = [
      named('/a', 'a', { sources: [{ place: { pointer: '/a', key: true }, start: 0 }] }),
      named('/b', 'one', { sources: [{ place: { pointer: '/b', inner: '/0' }, start: 0 }] }),
    ]
    const others = ofJson({ a: 'needle', b: '["one","needle"]' }, { texts }, [], ['a', 'b']).filter(
      ({ kind }) => kind === 'other',
    )
    expect(others.map(({ text }) => text)).toEqual(['needle', '["one","needle"]'])
  })

  test('opaque content covers what it holds, in its own part or line only', () => {
    const opaque = [{ place: { pointer: '/a' as const }, content: 'image', reason: 'r' }]
    expect(ofJson({ a: { b: ['x'] }, ab: 'y' }, { opaque }, [], ['a', 'b', 'ab']).map(({ text }) => text)).toEqual([
      'y',
    ])
    const lines: Body = {
      type: 'lines',
      lines: [
        { text: '', value: { a: 'x' } },
        { text: '', value: { a: 'y' } },
      ],
    }
    const second = [{ place: { line: 1, pointer: '/a' as const }, content: 'image', reason: 'r' }]
    const view = { ...emptyView, opaque: second }
    expect(segmentsOf(lines, view, declared([], ['a']), 'ingress', []).map(({ text }) => text)).toEqual(['x'])
  })

  test('forms: fields, names of fields and of files', () => {
    const parts = [
      { name: 'model', text: 'm', start: 0, end: 0 },
      { name: 'prompt', text: 'p', start: 0, end: 0 },
      { name: 'odd', text: '', start: 0, end: 0 },
      { name: 'file', filename: 'a.wav', plainFilename: 'b.wav', start: 0, end: 0 },
    ]
    const texts = [named('', 'p', { sources: [{ place: { part: 1, pointer: '' }, start: 0 }] })]
    const found = segmentsOf({ type: 'form', parts }, { ...emptyView, texts }, declared([], ['model']), 'ingress', [])
    expect(found.map(({ kind, text }) => [kind, text])).toEqual([
      ['user', 'p'],
      ['other', 'm'],
      ['other', 'a.wav'],
      ['other', 'b.wav'],
      ['other', 'prompt\nodd\nfile'],
    ])
  })

  test('queries and plain text', () => {
    const query = [
      ['after', 'needle'],
      ['flag', ''],
    ] as const
    expect(brief(segmentsOf({ type: 'text', text: 'plain' }, emptyView, declared(), 'egress', query))).toEqual([
      ['s0', 'other', '', 'plain'],
      ['s1', 'other', '', 'needle'],
      ['s2', 'other', ',', 'after\nflag'],
    ])
    const texts = [named('', 'plain')]
    expect(segmentsOf({ type: 'text', text: 'plain' }, { ...emptyView, texts }, declared(), 'egress', [])).toHaveLength(
      1,
    )
    expect(segmentsOf({ type: 'none' }, emptyView, declared(), 'egress', [])).toEqual([])
  })

  test('names like __proto__ are names', () => {
    const value: Json = JSON.parse('{"__proto__":{"constructor":"x"}}')
    expect(brief(ofJson(value))).toEqual([
      ['q0', 'other', '/__proto__/constructor', 'x'],
      ['q1', 'other', '/__proto__,/__proto__/constructor', '__proto__\nconstructor'],
    ])
  })
})

describe('what leaves the body', () => {
  const value = {
    tools: [
      { needle: 'one', known: 'a' },
      { needle: 'two', known: 'b' },
    ],
    choice: { x: 'three' },
  }
  const left = (gone: readonly JsonPointer[]) => {
    const texts = [named('/tools/0/known', 'a'), named('/tools/1/known', 'b')]
    const places = gone.map((pointer) => ({ pointer }))
    const names = declared([], ['tools', 'known', 'choice'])
    return segmentsOf(json(value), { ...emptyView, texts }, names, 'ingress', [], { gone: places })
  }

  test('is not read', () => {
    expect(left(['/tools', '/choice'])).toEqual([])
    expect(left(['/tools']).map(({ text }) => text)).toEqual(['three', 'x'])
  })

  test('a name that is sent is read, though it also stood in what is not', () => {
    expect(left(['/tools/0']).map(({ text }) => text)).toEqual(['b', 'two', 'three', 'needle\nx'])
  })

  test('is no other line of the same pointer', () => {
    const lines: Body = {
      type: 'lines',
      lines: [
        { text: '', value: { a: 'x' } },
        { text: '', value: { a: 'y' } },
      ],
    }
    const found = segmentsOf(lines, emptyView, declared([], ['a']), 'ingress', [], {
      gone: [{ line: 0, pointer: '/a' }],
    })
    expect(found.map(({ text }) => text)).toEqual(['y'])
  })
})

describe('texts that the provider joins', () => {
  const texts = [
    named('/0', 'nee', { group: 'g' }),
    named('/1', '', { group: 'g' }),
    named('/2', 'dle', { group: 'g' }),
    named('/3', 'alone', { group: 'h' }),
  ]

  test('are read one by one and joined, with the places of all', () => {
    const found = segmentsOf({ type: 'none' }, { ...emptyView, texts }, declared(), 'ingress', [])
    expect(found.map(({ id, text }) => [id, text])).toEqual([
      ['q0', 'nee'],
      ['q1', 'dle'],
      ['q2', 'alone'],
      ['q0+', 'needle'],
    ])
    expect(found.filter(isJoined)).toHaveLength(1)
    expect(found[3]?.sources).toEqual([
      { place: { pointer: '/0' }, start: 0 },
      { place: { pointer: '/2' }, start: 3 },
    ])
  })

  test('are decoded if one of them is', () => {
    const mixed = [named('/0', 'nee', { group: 'g' }), named('/1', 'dle', { group: 'g', decoded: true })]
    const found = segmentsOf({ type: 'none' }, { ...emptyView, texts: mixed }, declared(), 'ingress', [])
    expect(found.map(({ decoded }) => decoded)).toEqual([undefined, true, true])
  })
})

test('a segment cannot be changed by who reads it', () => {
  const [segment] = ofJson({ a: 'x' })
  expect(() => Object.assign(segment ?? {}, { text: '' })).toThrow(TypeError)
})

test('50,000 opaque parts among 50,000 texts cost no square', () => {
  const parts = Array.from({ length: 50_000 }, (_, index) => ({ text: `t${index}`, image: 'data' }))
  const opaque = parts.map((_, index) => {
    return { place: { pointer: `/${index}/image` as const }, content: 'image', reason: 'r' }
  })
  const start = performance.now()
  expect(ofJson(parts, { opaque }, [], ['text', 'image'])).toHaveLength(50_000)
  expect(performance.now() - start).toBeLessThan(2000)
})

describe('the places of texts are bounded, and passing the bound is told', () => {
  const told = (value: Json, view: Partial<BodyView> = {}) => {
    let times = 0
    const start = performance.now()
    const onLimit = () => void times++
    const all = { ...emptyView, ...view }
    const segments = segmentsOf(json(value), all, declared(), 'ingress', [], { onLimit })
    expect(performance.now() - start).toBeLessThan(3000)
    return { times, segments: segments.length }
  }
  const many = Array.from({ length: 300_000 }, () => 'a')

  test('many texts', () => {
    expect(told(many.slice(0, 100_000))).toEqual({ times: 0, segments: 100_000 })
    const { times, segments } = told(many)
    expect(times).toBe(1)
    expect(segments).toBeLessThan(300_000)
    const texts = many.map((text, index) => named(`/${index}`, text))
    expect(told([], { texts })).toEqual({ times: 1, segments })
  })

  test('texts and names below names as long as a book', () => {
    const below = (value: Json): Json =>
      Array.from({ length: 10 }).reduce((v: Json) => ({ ['n'.repeat(20_000)]: v }), value)
    expect(told(below(many.slice(0, 50_000))).times).toBe(1)
    expect(told(below(Object.fromEntries(many.slice(0, 50_000).map((_, index) => [`k${index}`, 1])))).times).toBe(1)
  })
})

test('a value that is spelled out takes the strings and the names in it along', () => {
  const value = { input: { secret: ['x', { deep: 'y' }] }, other: 'z' }
  const spelled = named('/input', JSON.stringify(value.input), { kind: 'tool-arguments', json: true })
  const segments = ofJson(value, { texts: [spelled] }, [], ['input', 'other'])
  expect(brief(segments)).toEqual([
    ['q0', 'tool-arguments', '/input', JSON.stringify(value.input)],
    ['q1', 'other', '/other', 'z'],
  ])
})
