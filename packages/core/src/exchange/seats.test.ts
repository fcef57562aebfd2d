import { expect, test } from 'bun:test'
import { Seats } from './seats.ts'

test('as many as may, each key for itself, and a place is free once it is left', () => {
  const seats = new Seats()
  const [first, second] = [seats.take('a', 2), seats.take('a', 2)]
  expect(seats.take('a', 2)).toBe('full')
  expect(seats.take('b', 2)).not.toBe('full')
  if (first === 'full' || second === 'full') throw new Error('no place')
  first.leave()
  first.leave()
  expect(seats.take('a', 2)).not.toBe('full')
  expect(seats.take('a', 2)).toBe('full')
  // The limit was raised or lowered in between.
  expect(seats.take('a', 3)).not.toBe('full')
  expect(seats.take('a', 1)).toBe('full')
})
