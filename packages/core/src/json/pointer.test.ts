import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { indexOfToken, pointerOf, tokensOf, valueAt } from './pointer.ts'

test('tokens survive being written as a pointer', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('~', '/', '~1', '~01', '', '__proto__'))), (tokens) => {
      expect(tokensOf(pointerOf(tokens))).toEqual(tokens)
    }),
    { seed: 21 },
  )
})

test('the examples of RFC 6901 point where it says', () => {
  const value = { foo: ['bar', 'baz'], '': 0, 'a/b': 1, 'm~n': 8, ' ': 7 }
  expect(valueAt(value, '')).toEqual(value)
  expect(valueAt(value, '/foo/0')).toBe('bar')
  expect(valueAt(value, '/')).toBe(0)
  expect(valueAt(value, '/a~1b')).toBe(1)
  expect(valueAt(value, '/m~0n')).toBe(8)
  expect(valueAt(value, '/ ')).toBe(7)
})

test('nothing is found by inheritance, past an end, or under another spelling of an index', () => {
  const value = JSON.parse('{"list":["a"],"__proto__":{"x":1}}')
  expect(valueAt(value, '/__proto__/x')).toBe(1)
  for (const pointer of [
    '/constructor',
    '/list/length',
    '/list/1',
    '/list/00',
    '/list/-',
    '/list/0/0',
    '/x/y',
  ] as const) {
    expect(valueAt(value, pointer)).toBeUndefined()
  }
  expect(indexOfToken('10')).toBe(10)
  expect(indexOfToken('01')).toBe(-1)
})
