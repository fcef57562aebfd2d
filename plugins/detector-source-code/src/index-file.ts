import { Buffer } from 'node:buffer'
import { createHmac } from 'node:crypto'
import type { Winnowing } from './winnow.ts'

/**
 * The file of an index, version 1, little-endian:
 *
 * | bytes | what |
 * |---|---|
 * | 4 | `SLFP` |
 * | 1 | version: 1 |
 * | 1 | 1 if names were made one (`normalise: identifiers`) |
 * | 1, 1 | `k`, `w` |
 * | 4, 4 | count of files, count of fingerprints |
 * | 8 | the fingerprint of the empty text: tells a wrong key |
 * | 12 each | 8 of fingerprint, 4 number of the first file that has it; in order of the fingerprint's first four bytes |
 *
 * A fingerprint is the start of HMAC-SHA-256 under the key, of a gram's tokens with a NUL between them. Names of files are not kept.
 */
export interface FingerprintIndex extends Winnowing {
  readonly renames: boolean
  readonly files: number
  /** The number of the file that has the gram. */
  find(gram: string): number | undefined
}

/** Fingerprints of one index: 60 MB of it. */
export const mostFingerprints = 5_000_000
const header = 24
const entry = 12

export class IndexBuilder {
  private readonly found = new Map<string, { readonly bytes: Buffer; readonly file: number }>()
  private readonly key: string

  constructor(key: string) {
    this.key = key
  }

  get size(): number {
    return this.found.size
  }

  /** Throws `RangeError` past {@link mostFingerprints}. */
  add(gram: string, file: number): void {
    const bytes = fingerprint(gram, this.key)
    const name = bytes.toString('latin1')
    if (this.found.has(name)) return
    if (this.found.size >= mostFingerprints) {
      throw new RangeError(`more than ${mostFingerprints} fingerprints: index less at once`)
    }
    this.found.set(name, { bytes, file })
  }

  remove(gram: string): void {
    this.found.delete(fingerprint(gram, this.key).toString('latin1'))
  }

  encode({ k, w, renames, files }: Winnowing & { readonly renames: boolean; readonly files: number }): Uint8Array {
    const entries = [...this.found.values()].sort((a, b) => a.bytes.readUInt32LE(0) - b.bytes.readUInt32LE(0))
    const bytes = Buffer.alloc(header + entry * entries.length)
    bytes.write('SLFP', 'latin1')
    bytes.set([1, Number(renames), k, w], 4)
    bytes.writeUInt32LE(files, 8)
    bytes.writeUInt32LE(entries.length, 12)
    bytes.set(fingerprint('', this.key), 16)
    for (const [at, one] of entries.entries()) {
      bytes.set(one.bytes, header + at * entry)
      bytes.writeUInt32LE(one.file, header + at * entry + 8)
    }
    return bytes
  }
}

/** Throws `RangeError` with what is wrong: no index, another version, another key, cut off. */
export function decodeIndex(file: Uint8Array, key: string): FingerprintIndex {
  const bytes = Buffer.from(file.buffer, file.byteOffset, file.byteLength)
  if (bytes.length < header || bytes.toString('latin1', 0, 4) !== 'SLFP') throw new RangeError('is no index')
  if (bytes[4] !== 1) throw new RangeError(`is of version ${bytes[4]}, and 1 is read here: make it anew`)
  const count = bytes.readUInt32LE(12)
  if (count > mostFingerprints || bytes.length !== header + count * entry) throw new RangeError('is not whole')
  if (!bytes.subarray(16, 24).equals(fingerprint('', key))) throw new RangeError('was made with another key')
  const [k = 0, w = 0] = bytes.subarray(6, 8)
  checkWinnowing({ k, w })
  const heads = new Uint32Array(count)
  const tails = new Uint32Array(count)
  const files = new Uint32Array(count)
  for (let at = 0; at < count; at++) {
    heads[at] = bytes.readUInt32LE(header + at * entry)
    tails[at] = bytes.readUInt32LE(header + at * entry + 4)
    files[at] = bytes.readUInt32LE(header + at * entry + 8)
  }
  return {
    ...{ k, w, renames: bytes[5] === 1, files: bytes.readUInt32LE(8) },
    find(gram) {
      const sought = fingerprint(gram, key)
      const [head, tail] = [sought.readUInt32LE(0), sought.readUInt32LE(4)]
      let at = lowerBound(heads, head)
      while (heads[at] === head && tails[at] !== tail) at += 1
      return heads[at] === head ? files[at] : undefined
    },
  }
}

export function checkWinnowing({ k, w }: Winnowing): void {
  if (!(k >= 4 && k <= 64 && w >= 1 && w <= 64)) throw new RangeError('k is 4 to 64, w 1 to 64')
}

function fingerprint(gram: string, key: string): Buffer {
  return createHmac('sha256', key).update(gram).digest().subarray(0, 8)
}

function lowerBound(sorted: Uint32Array, value: number): number {
  let from = 0
  let to = sorted.length
  while (from < to) {
    const half = (from + to) >> 1
    if ((sorted[half] ?? 0) < value) from = half + 1
    else to = half
  }
  return from
}
