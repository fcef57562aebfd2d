import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { everySplit, seededRandom, splitAt } from './index.ts'

const join = (pieces: readonly Uint8Array[]): Uint8Array => new Uint8Array(pieces.flatMap((piece) => [...piece]))

describe('splitAt', () => {
  test('cuts text and bytes at the same positions', () => {
    expect(splitAt('abcdef', [2, 2, 5])).toEqual(['ab', '', 'cde', 'f'])
    expect(splitAt(new Uint8Array([1, 2, 3]), [1])).toEqual([new Uint8Array([1]), new Uint8Array([2, 3])])
    expect(splitAt('abc', [])).toEqual(['abc'])
  })

  test('cuts inside a character', () => {
    expect(splitAt('😀', [1])).toEqual(['\ud83d', '\ude00'])
    expect(splitAt(new TextEncoder().encode('é'), [1]).map((piece) => piece[0])).toEqual([0xc3, 0xa9])
  })

  test('refuses what is no position', () => {
    for (const positions of [[4], [-1], [2, 1], [0.5], [Number.NaN]]) {
      expect(() => splitAt('abc', positions)).toThrow(RangeError)
    }
  })
})

describe('everySplit', () => {
  test('holds every single cut, single units and fixed sizes', () => {
    const splits = [...everySplit('abcd', { sizes: [3, 9], random: 0 })]
    expect(splits).toEqual([
      { name: 'whole', pieces: ['abcd'] },
      { name: 'cut at 1', pieces: ['a', 'bcd'] },
      { name: 'cut at 2', pieces: ['ab', 'cd'] },
      { name: 'cut at 3', pieces: ['abc', 'd'] },
      { name: 'pieces of 1', pieces: ['a', 'b', 'c', 'd'] },
      { name: 'pieces of 3', pieces: ['abc', 'd'] },
    ])
  })

  test('joined, the pieces are the whole again', () => {
    const anyText = fc.string({ unit: 'binary', maxLength: 60 })
    fc.assert(
      fc.property(anyText, fc.integer(), (text, seed) => {
        for (const split of everySplit(text, { seed })) expect(split.pieces.join('')).toBe(text)
      }),
      { seed: 7, numRuns: 100 },
    )
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 30 }), fc.integer(), (bytes, seed) => {
        for (const split of everySplit(bytes, { seed })) expect(join(split.pieces)).toEqual(bytes)
      }),
      { seed: 7, numRuns: 100 },
    )
  })

  test('the same seed gives the same ways, another seed others', () => {
    const text = 'x'.repeat(500)
    const ways = (seed: number) => JSON.stringify([...everySplit(text, { seed, singleCuts: 0 })])
    expect(ways(3)).toBe(ways(3))
    expect(ways(3).replaceAll('seed 3', '')).not.toBe(ways(4).replaceAll('seed 4', ''))
  })

  test('spreads a bounded number of single cuts from first to last', () => {
    const names = [...everySplit('x'.repeat(1001), { singleCuts: 3, sizes: [], random: 0 })].map((split) => split.name)
    expect(names).toEqual(['whole', 'cut at 1', 'cut at 501', 'cut at 1000', 'pieces of 1'])
  })

  test('random ways hold empty pieces too', () => {
    const splits = [...everySplit('abcdefgh', { random: 50 })]
    expect(splits.some((split) => split.pieces.includes(''))).toBe(true)
  })

  test('an empty whole has ways too', () => {
    expect([...everySplit('', { random: 2 })].map((split) => split.pieces.join(''))).toEqual(['', '', ''])
  })
})

test('seededRandom stays within 0 and 1 and spreads', () => {
  const next = seededRandom(42)
  const drawn = Array.from({ length: 10_000 }, next)
  expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
  expect(Math.max(...drawn)).toBeLessThan(1)
  expect(drawn.reduce((sum, value) => sum + value) / drawn.length).toBeCloseTo(0.5, 1)
})
