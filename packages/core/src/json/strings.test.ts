import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { oddJson } from '../../test/odd-json.ts'
import { decodedOffsets, escapeJsonString, isWholeOffset, rawOffsets } from './strings.ts'

/** Every decoded offset with its raw one, unit by unit. */
function offsetsSlowly(content: string): number[] {
  const raw = [0]
  for (let at = 0; at < content.length; raw.push(at)) {
    at += content[at] !== '\\' ? 1 : content[at + 1] === 'u' ? 6 : 2
  }
  return raw
}

describe('offsets within a string literal', () => {
  const content = oddJson.map((text) => /^\s*"(.*)"\s*$/s.exec(text)?.[1]).filter((found) => found !== undefined)

  test('raw offsets are those of reading unit by unit, and decoding undoes them', () => {
    fc.assert(
      fc.property(content, (text) => {
        const raw = offsetsSlowly(text)
        const all = raw.map((_, index) => index)
        expect(rawOffsets(text, all)).toEqual(raw)
        expect(decodedOffsets(text, raw)).toEqual(all)
        expect(all.length - 1).toBe(JSON.parse(`"${text}"`).length)
      }),
      { seed: 32, numRuns: 300 },
    )
  })

  test('an offset within an escape goes to its start', () => {
    expect(decodedOffsets('a\\u00e9b', [1, 2, 5, 6, 7, 8])).toEqual([1, 1, 1, 1, 2, 3])
  })

  test('escaped text parses to itself', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(JSON.parse(`"${escapeJsonString(text)}"`)).toBe(text)
      }),
      { seed: 33 },
    )
    expect(escapeJsonString('\ud83d')).toBe('\\ud83d')
  })

  test('an offset between the halves of a pair, or outside, is not whole', () => {
    expect([-1, 0, 1, 2, 3, 0.5, Number.NaN].map((offset) => isWholeOffset('😀', offset))).toEqual([
      false,
      true,
      false,
      true,
      false,
      false,
      false,
    ])
  })
})
