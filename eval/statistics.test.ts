import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { percentile, wilson } from './statistics.ts'

describe('the interval of Wilson', () => {
  test('is what the literature gives', () => {
    // Newcombe (1998), table I: 81 of 263, and 0 of 20.
    expect(wilson(81, 263).low).toBeCloseTo(0.2553, 4)
    expect(wilson(81, 263).high).toBeCloseTo(0.3662, 4)
    expect(wilson(0, 20)).toMatchObject({ low: 0 })
    expect(wilson(0, 20).high).toBeCloseTo(0.1611, 4)
  })

  test('holds the share, lies within 0 to 1, and is everything where nothing is known', () => {
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
    fc.assert(
      fc.property(fc.nat(5000), fc.integer({ min: 1, max: 5000 }), (some, of) => {
        const count = Math.min(some, of)
        const { low, high } = wilson(count, of)
        return 0 <= low && low <= count / of && count / of <= high && high <= 1
      }),
    )
  })
})

test('a percentile is a value that is there', () => {
  expect(percentile([3, 1, 2], 0.5)).toBe(2)
  expect(percentile([1, 2, 3, 4], 0.99)).toBe(4)
  expect(percentile([], 0.5)).toBe(0)
})
