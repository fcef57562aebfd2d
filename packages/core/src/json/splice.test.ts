import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { oddJson } from '../../test/odd-json.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import type { Edit } from '../protocol/place.ts'
import { locate } from './locate.ts'
import { pointerOf, valueAt } from './pointer.ts'
import { scanJson } from './scan.ts'
import { spliceJson, spliceText } from './splice.ts'
import { isWholeOffset, rawOffsets } from './strings.ts'

function pointersOf(value: Json, path: readonly (string | number)[] = []): JsonPointer[] {
  const children: [string | number, Json][] =
    value === null || typeof value !== 'object'
      ? []
      : Array.isArray(value)
        ? [...value.entries()]
        : Object.entries(value)
  return [pointerOf(path), ...children.flatMap(([token, child]) => pointersOf(child, [...path, token]))]
}

function without(value: Json, removed: ReadonlySet<string>, at = ''): Json {
  if (value === null || typeof value !== 'object') return value
  const kept = (token: string): boolean => !removed.has(`${at}${pointerOf([token])}`)
  const below = (token: string, child: Json): Json => without(child, removed, `${at}${pointerOf([token])}`)
  if (Array.isArray(value)) {
    return value.flatMap((child, index) => (kept(String(index)) ? [below(String(index), child)] : []))
  }
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => kept(name))
      .map(([name, child]) => [name, below(name, child)]),
  )
}

/** The raw text of all names and scalars, in order. */
function words(text: string): string[] {
  const found: string[] = []
  const add = (start: number, end: number): unknown => found.push(text.slice(start, end))
  scanJson(text, { key: add, scalar: add })
  return found
}

const text = (pointer: JsonPointer, start: number, end: number, replacement = '[X]'): Edit => {
  return { type: 'text', place: { pointer }, start, end, replacement }
}
const remove = (pointer: JsonPointer): Edit => ({ type: 'remove', place: { pointer } })
const replace = (pointer: JsonPointer, json: string): Edit => ({ type: 'replace', place: { pointer }, json })

describe('laws', () => {
  test('a text edit changes its stretch of one string and not a byte beside it', () => {
    const replacement = fc.constantFrom('[REDACTED]', '', '"\\\n', '😀')
    fc.assert(
      fc.property(oddJson, fc.nat(), fc.nat(), fc.nat(), replacement, (json, which, from, to, put) => {
        const value: Json = JSON.parse(json)
        const strings = pointersOf(value).filter((pointer) => typeof valueAt(value, pointer) === 'string')
        const pointer = strings[which % Math.max(1, strings.length)]
        if (pointer === undefined) return
        const old = String(valueAt(value, pointer))
        const [start = 0, end = 0] = [from % (old.length + 1), to % (old.length + 1)].sort((a, b) => a - b)
        const result = spliceJson(json, [text(pointer, start, end, put)])
        if (!isWholeOffset(old, start) || !isWholeOffset(old, end)) {
          expect(result).toBeUndefined()
          return
        }
        if (result === undefined) throw new Error('no result')
        expect(valueAt(JSON.parse(result), pointer)).toBe(old.slice(0, start) + put + old.slice(end))
        const literal = locate(json, pointer)
        if (literal === undefined) throw new Error('not located')
        const raw = rawOffsets(json.slice(literal.start + 1, literal.end - 1), [start, end])
        const [rawStart = 0, rawEnd = 0] = raw.map((offset) => literal.start + 1 + offset)
        const written = JSON.stringify(put).slice(1, -1)
        expect(result).toBe(json.slice(0, rawStart) + written + json.slice(rawEnd))
      }),
      { seed: 41, numRuns: 800 },
    )
  })

  test('removing any set of members and elements leaves the rest as it was spelled', () => {
    fc.assert(
      fc.property(oddJson, fc.infiniteStream(fc.boolean()), (json, coin) => {
        const value: Json = JSON.parse(json)
        const chosen = pointersOf(value).filter((pointer) => pointer !== '' && coin.next().value)
        const result = spliceJson(json, chosen.map(remove))
        if (result === undefined) throw new Error('no result')
        expect(JSON.parse(result)).toEqual(without(value, new Set(chosen)))
        const kept = words(result)
        let at = 0
        for (const word of words(json)) if (word === kept[at]) at++
        expect(at).toBe(kept.length)
      }),
      { seed: 42, numRuns: 800 },
    )
  })

  test('a replaced value is the new one and its surroundings are untouched', () => {
    fc.assert(
      fc.property(oddJson, fc.nat(), oddJson, (json, which, put) => {
        const pointers = pointersOf(JSON.parse(json))
        const pointer = pointers[which % pointers.length] ?? ''
        const location = locate(json, pointer)
        if (location === undefined) throw new Error('not located')
        expect(spliceJson(json, [replace(pointer, put)])).toBe(
          json.slice(0, location.start) + put + json.slice(location.end),
        )
      }),
      { seed: 43, numRuns: 300 },
    )
  })

  test('edits of JSON inside a string are those edits of that JSON, in the spelling of the string', () => {
    fc.assert(
      fc.property(oddJson, fc.nat(), fc.infiniteStream(fc.boolean()), (inner, way, coin) => {
        // An outer spelling of its own: every so often a character as \uXXXX.
        const spelled = inner.split('').map((char, index) => {
          const hex = `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`
          return (index * 7 + way) % 5 === 0 ? hex : JSON.stringify(char).slice(1, -1)
        })
        const outer = `{ "args" : "${spelled.join('')}" , "n" : 1.0 }`
        const value: Json = JSON.parse(inner)
        const edits: Edit[] = pointersOf(value).flatMap((pointer): Edit[] => {
          const leaf = valueAt(value, pointer)
          if (pointer !== '' && coin.next().value && coin.next().value) return [remove(pointer)]
          return typeof leaf === 'string' && coin.next().value ? [text(pointer, 0, leaf.length, '"é\\')] : []
        })
        const below = edits.map(
          (edit) => ({ ...edit, place: { pointer: '/args', inner: edit.place.pointer } }) as const,
        )
        const result = spliceJson(outer, below)
        const expected = spliceJson(inner, edits)
        if (result === undefined || expected === undefined) throw new Error('no result')
        expect(JSON.parse(result)).toEqual({ args: expected, n: 1 })
        expect(result.startsWith('{ "args" : "')).toBe(true)
        expect(result.endsWith('" , "n" : 1.0 }')).toBe(true)
        if (edits.length === 0) expect(result).toBe(outer)
      }),
      { seed: 44, numRuns: 500 },
    )
  })
})

describe('spliceJson', () => {
  test('no edit, no change', () => {
    expect(spliceJson(' {"a":1.0}', [])).toBe(' {"a":1.0}')
  })

  test('bytes of an outer literal beside an inner edit keep their spelling', () => {
    const outer = '{"arguments":"{\\u0022to\\u0022:\\"b\\u006fb\\", \\"n\\": \\u0031.0}"}'
    const edit: Edit = {
      type: 'text',
      place: { pointer: '/arguments', inner: '/to' },
      start: 1,
      end: 2,
      replacement: '"',
    }
    expect(spliceJson(outer, [edit])).toBe('{"arguments":"{\\u0022to\\u0022:\\"b\\\\\\"b\\", \\"n\\": \\u0031.0}"}')
  })

  test('several edits of one inner JSON compose, a removal among them', () => {
    const outer = JSON.stringify({ a: JSON.stringify({ x: 'secret one', y: [1, 2], z: 'two secret' }) })
    const place = (inner: JsonPointer) => ({ pointer: '/a', inner }) as const
    const result = spliceJson(outer, [
      { type: 'text', place: place('/x'), start: 0, end: 6, replacement: '*' },
      { type: 'remove', place: place('/y/0') },
      { type: 'text', place: place('/z'), start: 4, end: 10, replacement: '*' },
    ])
    expect(result).toBe(JSON.stringify({ a: '{"x":"* one","y":[2],"z":"two *"}' }))
  })

  test.each([
    ['[ 1 , 2 , 3 ]', ['/1', '/2'], '[ 1 ]'],
    ['[ 1 , 2 , 3 ]', ['/0', '/1'], '[ 3 ]'],
    ['[ 1 , 2 , 3 ]', ['/0', '/2'], '[ 2 ]'],
    ['[ 1 , 2 , 3 ]', ['/2', '/0', '/1'], '[  ]'],
    ['{"a":1,"b":2}', ['/a'], '{"b":2}'],
    ['{"a":1,"b":2}', ['/b', '/b'], '{"a":1}'],
    ['{"a":{"b":1},"c":2}', ['/a', '/a/b'], '{"c":2}'],
  ] as const)('%s without %j', (json, pointers, expected) => {
    expect(spliceJson(json, pointers.map(remove))).toBe(expected)
  })

  test('what is removed takes the edits within it along', () => {
    const edits = [text('/a/b', 0, 1), remove('/a'), replace('/a/c', '1'), text('/d', 0, 1)]
    expect(spliceJson('{"a":{"b":"x","c":0},"d":"y"}', edits)).toBe('{"d":"[X]"}')
    expect(spliceJson('["x","y"]', [text('/0', 0, 1), remove('/0')])).toBe('["y"]')
  })

  test('text edits that overlap become one, with the first replacement', () => {
    const edits = [text('', 4, 8, 'second'), text('', 2, 6, 'first'), text('', 8, 9, '!')]
    expect(spliceJson('"0123456789"', edits)).toBe('"01first!9"')
  })

  test('an edit of the string beside one of the JSON in it holds only while that stays JSON', () => {
    const outer = JSON.stringify({ a: '{"k":"one two"}' })
    const inner: Edit = { type: 'text', place: { pointer: '/a', inner: '/k' }, start: 0, end: 3, replacement: '1' }
    expect(spliceJson(outer, [inner, text('/a', 10, 13)])).toBe(JSON.stringify({ a: '{"k":"1 [X]"}' }))
    expect(spliceJson(outer, [inner, text('/a', 12, 15)])).toBeUndefined()
  })

  const json = '{"s":"a\\ud83d\\ude00😀","n":1,"inner":"{\\"k\\":1,\\"k\\":2}"}'
  test.each<[string, Edit[]]>([
    ['a place that is not there', [text('/x', 0, 1)]],
    ['a text edit of what is no string', [text('/n', 0, 1)]],
    ['offsets past the end', [text('/s', 0, 6)]],
    ['offsets in the wrong order', [text('/s', 1, 0)]],
    ['offsets that are no offsets', [text('/s', Number.NaN, 1)]],
    ['an offset within an escaped surrogate pair', [text('/s', 0, 2)]],
    ['an offset within a surrogate pair', [text('/s', 4, 5)]],
    ['the root removed', [remove('')]],
    ['a name edited', [{ type: 'text', place: { pointer: '/s', key: true }, start: 0, end: 1, replacement: '' }]],
    ['a replacement that is no JSON', [replace('/n', '1,"m":2')]],
    ['a replacement with a key twice', [replace('/n', '{"a":1,"a":2}')]],
    ['two replacements that differ', [replace('/n', '1'), replace('/n', '2')]],
    ['a value replaced and edited', [replace('/s', '"x"'), text('/s', 0, 1)]],
    ['a value replaced and edited within', [replace('', '{}'), text('/s', 0, 1)]],
    ['inner JSON with a key twice', [{ type: 'remove', place: { pointer: '/inner', inner: '/k' } }]],
    ['inner JSON that is none', [{ type: 'remove', place: { pointer: '/s', inner: '/k' } }]],
  ])('has no result for %s', (_name, edits) => {
    expect(spliceJson(json, edits)).toBeUndefined()
  })

  test('edits members named __proto__ and with slashes', () => {
    expect(spliceJson('{"__proto__":"x","a/b":"y"}', [text('/__proto__', 0, 1), text('/a~1b', 0, 1, '')])).toBe(
      '{"__proto__":"[X]","a/b":""}',
    )
  })
})

test('a plain text takes text edits, and inner ones if it is JSON', () => {
  expect(spliceText('a b c', [text('', 2, 3)])).toBe('a [X] c')
  expect(
    spliceText('{"a":"b"}', [
      { type: 'text', place: { pointer: '', inner: '/a' }, start: 0, end: 1, replacement: '"' },
    ]),
  ).toBe('{"a":"\\""}')
  expect(spliceText('😀', [text('', 1, 2)])).toBeUndefined()
})
