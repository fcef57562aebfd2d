import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray } from '../json/read.ts'

/** A token in UTF-8, or a part of a character. */
export type Spelling = Located<readonly number[]>

/** The `bytes` of a token that stands at a place; undefined where there are none. */
export function bytesOf(token: JsonObject | undefined, at: JsonPointer): Spelling | undefined {
  const given = asArray(token?.['bytes'])
  return given && given.length > 0 ? { value: given.filter(isByte), place: { pointer: `${at}/bytes` } } : undefined
}

/**
 * Bytes as text. A character may be cut between tokens, and between the frames of a stream: one decoder is theirs all
 * along. What is cut at the very end is left out.
 */
export function spelledOut(bytes: readonly Spelling[], decoder: TextDecoder): Located<string>[] {
  return bytes.map(({ value, place }) => ({ value: decoder.decode(Uint8Array.from(value), { stream: true }), place }))
}

export function byteDecoder(): TextDecoder {
  return new TextDecoder('utf-8', { ignoreBOM: true })
}

function isByte(value: Json): value is number {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 255
}
