import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asArray, asObject, member } from '../json/read.ts'
import { isId, PART_TYPES, ROLES } from '../view/closed-words.ts'

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
  return partPieces(value, 'text', pointer)
}

/** Ignored members of a `message` or `delta` that hold something other than the word expected there. */
export function oddWordsIn(holder: JsonObject, at: JsonPointer): Located<string>[] {
  const odd: Located<string>[] = []
  const role = holder['role']
  if (typeof role === 'string' && !ROLES.has(role)) odd.push({ value: role, place: { pointer: member(at, 'role') } })
  const id = asObject(holder['audio'])?.['id']
  if (typeof id === 'string' && !isId(id)) odd.push({ value: id, place: { pointer: `${at}/audio/id` } })
  for (const type of partPieces(holder['content'], 'type', member(at, 'content'))) {
    if (!PART_TYPES.has(type.value)) odd.push(type)
  }
  return odd
}

function partPieces(content: Json | undefined, name: string, at: JsonPointer): Located<string>[] {
  const pieces: Located<string>[] = []
  for (const [index, part] of (asArray(content) ?? []).entries()) {
    const text = asObject(part)?.[name]
    if (typeof text === 'string' && text !== '')
      pieces.push({ value: text, place: { pointer: `${at}/${index}/${name}` } })
  }
  return pieces
}
