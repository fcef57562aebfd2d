import { createHmac } from 'node:crypto'

/** Words of a value at most, and UTF-16 units of one; together they bound what a match looks at. */
export const maxWords = 8
export const maxWordUnits = 64
/** Units between two words of a value at most: `4111 - 1111`. */
export const maxGap = 3

/** A value as the configuration lists it: nothing that tells what it is without the key. */
export interface ExactValue {
  /** Units of its letters and digits. */
  readonly units: number
  /** 24 bits of a fast keyed hash, which most other texts do not share. */
  readonly tag: number
  /** HMAC-SHA-256, 64 hex digits. */
  readonly hash: string
}

const form = /^exact:(\d{1,3}):([0-9a-f]{6}):([0-9a-f]{64})$/

export function parseExactValue(text: string): ExactValue | undefined {
  const [, units = '', tag = '', hash = ''] = form.exec(text) ?? []
  return hash === '' ? undefined : { units: Number(units), tag: Number.parseInt(tag, 16), hash }
}

/**
 * How a configuration lists a value: `exact:` its length, a tag and its keyed hash. Case, compatibility forms and all that is no
 * letter or digit do not count: `4111-1111` and `4111 1111` are one. Throws `RangeError` on a value that is too short to be
 * told from chance (fewer than 4 letters and digits), or longer than 8 words of 64 units.
 */
export function exactValue(value: string, key: string): string {
  const words = foldValue(value).match(/[\p{L}\p{N}]+/gu) ?? []
  const folded = words.join('')
  if (folded.length < 4) throw new RangeError('a value has at least 4 letters and digits')
  if (words.length > maxWords || words.some((word) => word.length > maxWordUnits)) {
    throw new RangeError(`a value has at most ${maxWords} words of ${maxWordUnits} characters`)
  }
  const tag = tagOf(folded, seedOf(key)).toString(16).padStart(6, '0')
  return `exact:${folded.length}:${tag}:${hashOf(folded, key)}`
}

export function foldValue(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}

export function hashOf(folded: string, key: string): string {
  return createHmac('sha256', key).update(`exact:${folded}`).digest('hex')
}

/** Where the fast hash begins: known only with the key. */
export function seedOf(key: string): number {
  return createHmac('sha256', key).update('exact tag').digest().readUInt32LE(0)
}

/** FNV-1a over UTF-16 units, from a seed on: one multiplication a unit, to be stopped anywhere. */
export function tagStep(state: number, unit: number): number {
  return Math.imul(state ^ unit, 0x01000193)
}

/** 24 bits of a state, mixed (the finalizer of MurmurHash3). */
export function tagEnd(state: number): number {
  let mixed = state ^ (state >>> 16)
  mixed = Math.imul(mixed, 0x85ebca6b)
  mixed ^= mixed >>> 13
  mixed = Math.imul(mixed, 0xc2b2ae35)
  return (mixed ^ (mixed >>> 16)) & 0xffffff
}

function tagOf(folded: string, seed: number): number {
  let state = seed
  for (let at = 0; at < folded.length; at++) state = tagStep(state, folded.charCodeAt(at))
  return tagEnd(state)
}
