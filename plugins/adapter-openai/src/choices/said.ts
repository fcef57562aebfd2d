import type { Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { asObject, elementsOf, member } from '../json/read.ts'
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
export function saidPieces(holder: JsonObject, name: string, at: JsonPointer): readonly Located<string>[] {
  const value: Json | undefined = holder[name]
  if (value === undefined || value === null || value === '') return none
  const pointer = member(at, name)
  if (typeof value === 'string') return [{ value, place: { pointer } }]
  return partPieces(value, 'text', pointer)
}

/** Ignored members of a `message` or `delta` that hold something other than the word expected there. */
export function oddWordsIn(holder: JsonObject, at: JsonPointer): readonly Located<string>[] {
  const role = holder['role']
  const id = asObject(holder['audio'])?.['id']
  const oddRole = typeof role === 'string' && !ROLES.has(role)
  const oddId = typeof id === 'string' && !isId(id)
  // The rule: one of the words expected, and content that is no list.
  if (!oddRole && !oddId && !Array.isArray(holder['content'])) return none
  const odd: Located<string>[] = []
  if (oddRole) odd.push({ value: role, place: { pointer: member(at, 'role') } })
  if (oddId) odd.push({ value: id, place: { pointer: `${at}/audio/id` } })
  for (const type of partPieces(holder['content'], 'type', member(at, 'content'))) {
    if (!PART_TYPES.has(type.value)) odd.push(type)
  }
  return odd
}

const none: readonly Located<string>[] = []

function partPieces(content: Json | undefined, name: string, at: JsonPointer): Located<string>[] {
  const pieces: Located<string>[] = []
  for (const [index, part] of elementsOf(content).entries()) {
    const text = asObject(part)?.[name]
    if (typeof text === 'string' && text !== '')
      pieces.push({ value: text, place: { pointer: `${at}/${index}/${name}` } })
  }
  return pieces
}
