import { Buffer } from 'node:buffer'
import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Weights as they stand in the package: deflated, in base64. Few of them are not 0. */
export function pack(weights: Int8Array): string {
  return deflateRawSync(new Uint8Array(weights.buffer, weights.byteOffset, weights.length), { level: 9 }).toString(
    'base64',
  )
}

export function unpack(packed: string): Int8Array {
  const bytes = inflateRawSync(Buffer.from(packed, 'base64'))
  return new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length)
}
