import { brotliDecompressSync, crc32, inflateRawSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import type { ContentCoding } from '@sluice/core'

/**
 * Undoes one content coding, if the bytes are exactly one whole stream of it: two decoders may read a second member, or
 * what stands behind the end, differently.
 * @see Host.decompress
 */
export function decompress(
  coding: ContentCoding,
  bytes: Uint8Array,
  maxBytes: number,
): Uint8Array | 'too-large' | undefined {
  try {
    return decoders[coding](bytes, maxBytes)
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : undefined
  }
}

const decoders: Readonly<Record<ContentCoding, (bytes: Uint8Array, maxBytes: number) => Uint8Array | undefined>> = {
  gzip: gunzip,
  deflate: (bytes, maxBytes) => whole(inflateSync, bytes, maxBytes),
  br: (bytes, maxBytes) => whole(brotliDecompressSync, bytes, maxBytes),
  zstd: unzstd,
}

interface Decoded {
  readonly buffer: Uint8Array
  readonly engine: { readonly bytesWritten: number }
}

type Decoder = (bytes: Uint8Array, options: { maxOutputLength: number; info: true }) => unknown

/**
 * Decodes with one byte too many behind the end. A decoder that has taken exactly the others has seen its end; one that
 * was cut short takes this one too. (Deno's brotli decoder does not say that it was cut short.)
 */
function whole(decode: Decoder, bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const longer = new Uint8Array(bytes.length + 1)
  longer.set(bytes)
  const { buffer, engine } = run(decode, longer, maxBytes)
  return engine.bytesWritten === bytes.length ? buffer : undefined
}

function run(decode: Decoder, bytes: Uint8Array, maxBytes: number): Decoded {
  // With `info` the answer has this shape, which the type declarations leave out.
  return decode(bytes, { maxOutputLength: Math.max(1, maxBytes), info: true }) as Decoded
}

/** RFC 1952. By hand around raw deflate, because gunzip reads on into further members. */
function gunzip(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  const [first, second, method, flags] = bytes
  if (first !== 0x1f || second !== 0x8b || method !== 8 || flags === undefined || (flags & 0xe0) !== 0) return undefined
  let start = 10
  if ((flags & 4) !== 0) start += 2 + (bytes[start] ?? 0) + ((bytes[start + 1] ?? 0) << 8)
  for (const text of [8, 16]) {
    if ((flags & text) === 0) continue
    const end = bytes.indexOf(0, start)
    if (end < 0) return undefined
    start = end + 1
  }
  if ((flags & 2) !== 0) start += 2
  const end = bytes.length - 8
  if (start >= end) return undefined

  const text = whole(inflateRawSync, bytes.subarray(start, end), maxBytes)
  if (text === undefined) return undefined
  const trailer = new DataView(bytes.buffer, bytes.byteOffset + end, 8)
  const intact = trailer.getUint32(0, true) === crc32(text) && trailer.getUint32(4, true) === text.length >>> 0
  return intact ? text : undefined
}

/** RFC 8878. The frame is walked first, because neither runtime's decoder says that it was cut short or read two. */
function unzstd(bytes: Uint8Array, maxBytes: number): Uint8Array | undefined {
  if (zstdFrameLength(bytes) !== bytes.length) return undefined
  return run(zstdDecompressSync, bytes, maxBytes).buffer
}

/** Length of the frame at the start: its header, its blocks and its checksum. Undefined: there is no whole frame. */
function zstdFrameLength(bytes: Uint8Array): number | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length)
  const header = 5
  if (bytes.length < header + 3 || view.getUint32(0, true) !== 0xfd2fb528) return undefined
  const descriptor = view.getUint8(4)
  const singleSegment = (descriptor & 0x20) !== 0
  const contentSize = [singleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  const dictionaryId = [0, 1, 2, 4][descriptor & 3] ?? 0
  let at = header + (singleSegment ? 0 : 1) + dictionaryId + contentSize
  for (;;) {
    if (at + 3 > bytes.length) return undefined
    const block = view.getUint16(at, true) | (view.getUint8(at + 2) << 16)
    const runLength = ((block >> 1) & 3) === 1
    at += 3 + (runLength ? 1 : block >> 3)
    if ((block & 1) !== 0) break
  }
  return at + ((descriptor & 4) !== 0 ? 4 : 0)
}
