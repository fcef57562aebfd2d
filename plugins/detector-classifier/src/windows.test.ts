import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { type Encoder, windowsOf } from './windows.ts'

/** A token for each character that is no space, and one at either end. */
const characters: Encoder = {
  encode: (text) => [
    1,
    ...text
      .replace(/\s/g, '')
      .split('')
      .map(() => 7),
    2,
  ],
  count: (text) => text.replace(/\s/g, '').length,
}

test('a text that fits is one window', () => {
  expect([...windowsOf('ab cd', characters, 16, 4)]).toEqual([{ start: 0, end: 5, ids: [1, 7, 7, 7, 7, 2] }])
  expect([...windowsOf(' \n', characters, 16, 4)]).toEqual([])
})

test('every word stands in a window, and none has too many tokens', () => {
  const words = fc.array(fc.string({ minLength: 1, maxLength: 9, unit: fc.constantFrom('a', 'b', '😀') }), {
    maxLength: 80,
  })
  fc.assert(
    fc.property(words, fc.integer({ min: 32, max: 64 }), fc.integer({ min: 0, max: 16 }), (list, most, overlap) => {
      const text = list.join(' ')
      const windows = [...windowsOf(text, characters, most, overlap)]
      for (const { ids } of windows) expect(ids.length).toBeLessThanOrEqual(most)
      for (const { index, 0: word } of text.matchAll(/\S+/g)) {
        expect(windows.some(({ start, end }) => start <= index && index + word.length <= end)).toBe(true)
      }
    }),
  )
})

test('windows share about as many tokens as is said', () => {
  const windows = [...windowsOf('word '.repeat(40), characters, 44, 16)]
  for (const [at, { start }] of windows.entries()) {
    const before = windows[at - 1]
    if (before !== undefined) expect(before.end - start).toBe(4 * 5 - 1)
  }
  expect(windows.length).toBeGreaterThan(5)
})

test('words that come to more tokens together than alone are parted', () => {
  const joined: Encoder = { encode: (text) => Array.from({ length: text.length * 2 }, () => 7), count: () => 1 }
  const text = 'ab '.repeat(200)
  const windows = [...windowsOf(text, joined, 32, 0)]
  for (const { ids } of windows) expect(ids.length).toBeLessThanOrEqual(32)
  expect(windows.map(({ start, end }) => text.slice(start, end)).join(' ')).toBe(text.trim())
})
