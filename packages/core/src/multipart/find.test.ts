import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { findAll } from './find.ts'

test('finds every occurrence that trying each offset finds', () => {
  // Few letters, so that partial matches and overlaps are the rule.
  const bytes = (max: number, min = 0): fc.Arbitrary<Uint8Array> => {
    return fc
      .array(fc.constantFrom(45, 45, 45, 97, 13), { minLength: min, maxLength: max })
      .map((all) => Uint8Array.from(all))
  }
  fc.assert(
    fc.property(bytes(200), bytes(6, 1), fc.integer({ min: 0, max: 80 }), (head, pattern, gap) => {
      const body = new Uint8Array([...head, ...new Uint8Array(gap), ...head, ...pattern])
      const expected = [...body.keys()].filter((at) => pattern.every((byte, index) => body[at + index] === byte))
      expect(findAll(body, pattern, Number.MAX_SAFE_INTEGER)).toEqual(expected)
      expect(findAll(body, pattern, 2)).toEqual(expected.slice(0, 2))
    }),
    { seed: 61, numRuns: 800 },
  )
})
