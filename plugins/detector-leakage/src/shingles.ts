import type { Word } from './words.ts'

/** Words in a shingle: fewer are chance, more miss what was changed a little. */
export const shingleWords = 8

/** The hash of each run of eight words, by the index of its first.. */
export function shinglesOf(words: readonly Word[]): Float64Array {
  const count = Math.max(0, words.length - shingleWords + 1)
  const shingles = new Float64Array(count)
  const low = new Uint32Array(words.length)
  const high = new Uint32Array(words.length)
  for (const [at, { text }] of words.entries()) {
    low[at] = hash(text, 0x811c9dc5)
    high[at] = hash(text, 0x9747b28c)
  }
  for (let at = 0; at < count; at++) {
    let a = 0
    let b = 0
    for (let next = at; next < at + shingleWords; next++) {
      a = (Math.imul(a, 0x01000193) + (low[next] ?? 0)) >>> 0
      b = (Math.imul(b, 0x85ebca6b) + (high[next] ?? 0)) >>> 0
    }
    shingles[at] = a * 0x200000 + (b >>> 11)
  }
  return shingles
}

/** FNV-1a over UTF-16 units (Fowler, Noll, Vo). */
function hash(text: string, seed: number): number {
  let value = seed
  for (let at = 0; at < text.length; at++) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193)
  return value >>> 0
}
