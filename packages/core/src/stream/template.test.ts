import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { pointerOf, valueAt } from '../json/pointer.ts'
import type { Json, JsonPointer } from '../protocol/json.ts'
import { frameTemplate } from './template.ts'

const runs = { seed: 20261123, numRuns: 300 }

const frame = '{"id":"a","choices":[{"index":0,"delta":{"content":"Hi"}}],"pad":"x\\"y"}'
const template = frameTemplate(frame, ['/pad', '/choices/0/delta/content'])

test('reads a frame equal but for its holes, in the order of the pointers', () => {
  const other = '{"id":"a","choices":[{"index":0,"delta":{"content":" 你 😀"}}],"pad":""}'
  expect(template?.match(other)).toEqual(['', ' 你 😀'])
})

test('reads escapes', () => {
  const other = '{"id":"a","choices":[{"index":0,"delta":{"content":"\\ud83d\\ude00 \\\\"}}],"pad":"{\\"a\\": \\u0041"}'
  expect(template?.match(other)).toEqual(['{"a": A', '😀 \\'])
})

test.each([
  ['another constant', frame.replace('"a"', '"b"')],
  ['an escape that is none', frame.replace('Hi', '\\x').replace('x\\"y', '')],
  ['an escape cut in two', frame.replace('Hi', '\\u00').replace('x\\"y', '')],
  ['a control character in a hole', frame.replace('Hi', 'a\tb').replace('x\\"y', '')],
  ['another member', `${frame.slice(0, -1)},"more":1}`.replace('x\\"y', '')],
  ['a hole that ends early', '{"id":"a","choices":[{"index":0,"delta":{"content":"Hi'],
  ['null for a string', frame.replace('"Hi"', 'null').replace('x\\"y', '')],
  ['more after the end', `${frame.replace('x\\"y', '')} `],
])('leaves to the parser: %s', (_, text) => {
  expect(template?.match(text)).toBeUndefined()
})

test('is not made of what is neither a string nor a whole number', () => {
  expect(frameTemplate(frame, ['/choices/0'])).toBeUndefined()
  expect(frameTemplate(frame, ['/nowhere'])).toBeUndefined()
  for (const number of ['-1', '1.0', '1e2', '1234567890123456']) {
    expect(frameTemplate(`{"n":${number},"t":"x"}`, ['/n', '/t'])).toBeUndefined()
  }
})

test('reads a frame that counts', () => {
  const counting = frameTemplate('{"n":9,"t":"x"}', ['/t', '/n'])
  expect(counting?.match('{"n":10,"t":"y"}')).toEqual(['y', '10'])
  for (const number of ['', '01', '-1', '1.5', '1e2', '"1"', 'null', ' 1', '1 ', '1234567890123456']) {
    expect([number, counting?.match(`{"n":${number},"t":"y"}`)]).toEqual([number, undefined])
  }
})

test('a number of a fitting frame is the number that the frame holds', () => {
  const number = fc.oneof(
    fc.nat(),
    fc.integer(),
    fc.double(),
    fc.maxSafeNat(),
    fc.constantFrom('007', '1.', '+1', '1 2', '1,"n":2'),
  )
  fc.assert(
    fc.property(fc.nat(), number, fc.string(), (first, other, text) => {
      const made = frameTemplate(`{"n":${first},"t":"x"}`, ['/n', '/t'])
      const match = made?.match(`{"n":${other},"t":${JSON.stringify(text)}}`)
      const isWhole = /^(0|[1-9]\d{0,14})$/.test(String(other))
      expect(match).toEqual(isWhole ? [String(other), text] : undefined)
    }),
    runs,
  )
})

test('a fitting frame parses to the same value but for the holes, which are its texts', () => {
  const json = fc.json({ stringUnit: 'binary' }).filter((text) => stringsOf(JSON.parse(text), []).length > 0)
  const content = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.string(),
    fc.constantFrom('', '\\', '"', '\\"', '\\u0041', '\\\\', '\n'),
  )
  fc.assert(
    fc.property(json, fc.infiniteStream(fc.boolean()), fc.infiniteStream(content), (text, picks, contents) => {
      const value: Json = JSON.parse(text)
      const all = stringsOf(value, [])
      const picked = all.filter(() => picks.next().value)
      const pointers = picked.length > 0 ? picked : all.slice(0, 1)
      const made = frameTemplate(text, pointers)
      if (made === undefined) throw new Error('every string has a place')
      const texts = pointers.map(() => String(contents.next().value))
      // Written into the text as they stand: some are contents of JSON strings, others are not or end the string early.
      const written = fill(value, pointers, texts)
      const match = made.match(written)
      if (match === undefined) expect(texts.every((each) => isContent(each))).toBe(false)
      else {
        expect(match).toEqual(pointers.map((pointer) => String(valueAt(JSON.parse(written), pointer))))
        expect(fill(JSON.parse(written), pointers, texts)).toBe(written)
      }
    }),
    runs,
  )
})

function stringsOf(value: Json, tokens: readonly (string | number)[]): JsonPointer[] {
  if (typeof value === 'string') return [pointerOf(tokens)]
  if (typeof value !== 'object' || value === null) return []
  const entries = Array.isArray(value) ? [...value.entries()] : Object.entries(value)
  return entries.flatMap(([token, member]: [string | number, Json]) => stringsOf(member, [...tokens, token]))
}

function isContent(text: string): boolean {
  try {
    return typeof JSON.parse(`"${text}"`) === 'string'
  } catch {
    return false
  }
}

/** Prints the value with `contents` between the quotes of the strings at `pointers`. */
function fill(value: Json, pointers: readonly JsonPointer[], contents: readonly string[]): string {
  const marked = (at: Json, tokens: readonly (string | number)[]): Json => {
    if (typeof at === 'string') {
      const index = pointers.indexOf(pointerOf(tokens))
      return index === -1 ? at : `\ue000${index}\ue001`
    }
    if (typeof at !== 'object' || at === null) return at
    if (Array.isArray(at)) return at.map((element, index) => marked(element, [...tokens, index]))
    return Object.fromEntries(Object.entries(at).map(([name, member]) => [name, marked(member, [...tokens, name])]))
  }
  return JSON.stringify(marked(value, [])).replace(/\ue000(\d+)\ue001/g, (_, index) => contents[Number(index)] ?? '')
}
