import { expect, test } from 'bun:test'
import fc from 'fast-check'
import { firstInvalidByte, wideEncoding } from './explain-bytes.ts'

/** Bytes that are often nearly UTF-8. */
const nearly = fc
  .array(fc.oneof(fc.string({ unit: 'grapheme', maxLength: 3 }), fc.uint8Array({ maxLength: 2 })), { maxLength: 8 })
  .map((pieces) => new Uint8Array(Buffer.concat(pieces.map((piece) => Buffer.from(piece)))))

test('the first byte of no character is where a decoder would put its first replacement', () => {
  let faults = 0
  fc.assert(
    fc.property(nearly, (bytes) => {
      const at = firstInvalidByte(bytes)
      // Up to there all is well, and no character, of 4 bytes at most, can begin there.
      expect(decodes(bytes.subarray(0, at))).toBe(true)
      expect(
        [1, 2, 3, 4].some((length) => at + length <= bytes.length && decodes(bytes.subarray(at, at + length))),
      ).toBe(false)
      expect(at === bytes.length).toBe(decodes(bytes))
      if (at < bytes.length) faults++
    }),
    { seed: 31, numRuns: 3000 },
  )
  expect(faults).toBeGreaterThan(500)
})

test('UTF-16 and UTF-32 are told by their marks and by their zeros', () => {
  const of = (...bytes: readonly number[]) => wideEncoding(new Uint8Array(bytes))
  expect([of(0xff, 0xfe, 0x7b, 0), of(0xfe, 0xff, 0, 0x7b), of(0x7b, 0, 0x22, 0), of(0, 0x7b, 0, 0x22)]).toEqual(
    Array(4).fill('UTF-16'),
  )
  expect([of(0xff, 0xfe, 0, 0), of(0, 0, 0xfe, 0xff), of(0x7b, 0, 0, 0), of(0, 0, 0, 0x7b)]).toEqual(
    Array(4).fill('UTF-32'),
  )
  expect([of(0x7b, 0x22), of(0xef, 0xbb, 0xbf), of(0xff), of()]).toEqual(Array(4).fill(undefined))
})

function decodes(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}
