import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject, member } from '../json/read.ts'

/** Members of a message, or of the delta of one, that are text of the model's, and what kind of text. */
export const SAID = [
  { name: 'content', kind: 'assistant' },
  { name: 'reasoning_content', kind: 'reasoning' },
  { name: 'reasoning', kind: 'reasoning' },
  { name: 'refusal', kind: 'refusal' },
] as const

/** Where a choice may hold a message. An upstream that mixes the two up is read all the same. */
export const HOLDERS = ['message', 'delta'] as const

/** The text at a member: a string, or the parts some servers make of it. */
export function saidPieces(holder: JsonObject, name: string, at: JsonPointer): Located<string>[] {
  const value: Json | undefined = holder[name]
  const pointer = member(at, name)
  if (typeof value === 'string') return value === '' ? [] : [{ value, place: { pointer } }]
  const pieces: Located<string>[] = []
  for (const [index, part] of (asArray(value) ?? []).entries()) {
    const text = asObject(part)?.['text']
    if (typeof text === 'string' && text !== '') {
      pieces.push({ value: text, place: { pointer: `${pointer}/${index}/text` } })
    }
  }
  return pieces
}
