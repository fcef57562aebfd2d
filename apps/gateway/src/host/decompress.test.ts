import { describe, expect, test } from 'bun:test'
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from 'node:zlib'
import type { ContentCoding } from '@sluice/core'
import { decompress } from './decompress.ts'

const text = new TextEncoder().encode(`${'the same again, '.repeat(400)}and the end`)
const compressors: Readonly<Record<ContentCoding, (bytes: Uint8Array) => Uint8Array>> = {
  gzip: (bytes) => gzipSync(bytes),
  deflate: (bytes) => deflateSync(bytes),
  br: (bytes) => brotliCompressSync(bytes),
  zstd: (bytes) => zstdCompressSync(bytes),
}
const join = (...parts: readonly Uint8Array[]) => new Uint8Array(Buffer.concat(parts))

for (const [coding, compress] of Object.entries(compressors) as [ContentCoding, (bytes: Uint8Array) => Uint8Array][]) {
  describe(coding, () => {
    const packed = compress(text)

    test('one whole stream is decoded', () => {
      expect(decompress(coding, packed, 1_000_000)).toEqual(text)
      expect(decompress(coding, compress(new Uint8Array()), 1_000_000)?.length).toBe(0)
    })

    test('a stream within a larger buffer is decoded', () => {
      const within = join(new Uint8Array(7), packed, new Uint8Array(9)).subarray(7, 7 + packed.length)
      expect(decompress(coding, within, 1_000_000)).toEqual(text)
    })

    test('two members, which two decoders read differently, are refused', () => {
      expect(decompress(coding, join(packed, packed), 1_000_000)).toBeUndefined()
      expect(decompress(coding, join(packed, compress(new Uint8Array())), 1_000_000)).toBeUndefined()
    })

    test('bytes behind the end are refused', () => {
      for (const trailing of [[0], [1], [0, 0, 0, 0], [120, 120]]) {
        expect(decompress(coding, join(packed, new Uint8Array(trailing)), 1_000_000)).toBeUndefined()
      }
    })

    test('a stream that was cut short is refused, wherever it was cut', () => {
      for (let length = 0; length < packed.length; length++) {
        expect(decompress(coding, packed.subarray(0, length), 1_000_000)).toBeUndefined()
      }
    })

    test('a bomb stops at the limit', () => {
      const bomb = compress(new Uint8Array(20_000_000))
      expect(decompress(coding, bomb, 1_000_000)).toBe('too-large')
      expect(decompress(coding, packed, text.length - 1)).toBe('too-large')
      expect(decompress(coding, packed, text.length)).toEqual(text)
    })
  })
}

test('a gzip member with a wrong checksum or length is refused', () => {
  const packed = new Uint8Array(gzipSync(text))
  for (const at of [packed.length - 8, packed.length - 1]) {
    const broken = packed.slice()
    broken[at] = (broken[at] ?? 0) ^ 1
    expect(decompress('gzip', broken, 1_000_000)).toBeUndefined()
  }
})

test('deflate is RFC 9110: a zlib stream, not raw deflate', () => {
  expect(decompress('deflate', deflateRawSync(text), 1_000_000)).toBeUndefined()
})

test('a gzip header with all its optional fields is read', () => {
  const packed = new Uint8Array(gzipSync(text))
  const header = new Uint8Array([0x1f, 0x8b, 8, 0x1e, 0, 0, 0, 0, 0, 3, 2, 0, 65, 66, 78, 0, 67, 0, 1, 2])
  expect(decompress('gzip', join(header, packed.subarray(10)), 1_000_000)).toEqual(text)
})
