import {
  asObject,
  asString,
  asText,
  elementsOf,
  type JsonObject,
  type JsonPointer,
  leavesOf,
  member,
} from '@sluice/core'
import { isCall, isResult } from '../blocks/block-kinds.ts'
import { readSealed, SEALED } from '../blocks/sealed.ts'
import { BLOCK_TYPES } from '../words/block-types.ts'
import { definitionOf, type Piece } from './pieces.ts'
import { resultPieces } from './result-pieces.ts'

/** A content block of an answer. It is read by the members it has, not by the type it claims. */
export function blockPieces(block: JsonObject, at: JsonPointer): readonly Piece[] {
  const pieces: Piece[] = []
  if (isResult(block)) pieces.push(...resultPieces(block['content'], member(at, 'content')))
  else pushSaid(pieces, block, at)
  pieces.push(...sealedPieces(block, 'signature', at), ...sealedPieces(block, 'encrypted_content', at))
  pieces.push(...sealedPieces(block, 'data', at))
  for (const [index, citation] of elementsOf(block['citations']).entries()) {
    const object = asObject(citation)
    if (object) pieces.push(...citationPieces(object, `${at}/citations/${index}`))
  }
  if (isCall(block)) {
    const name = asString(block['name']) ?? ''
    const callId = asString(block['id']) ?? ''
    pieces.push({
      type: 'call',
      callId,
      name,
      definition: definitionOf(block, name),
      input: block['input'],
      pointer: at,
    })
  }
  for (const holder of ['from', 'to']) {
    const model = asText(asObject(block[holder])?.['model'])
    if (model !== undefined) pieces.push({ type: 'model', name: model, pointer: `${at}/${holder}/model` })
  }
  // What an MCP server says of its tools.
  pieces.push(...leafPieces(block['tools'], `${at}/tools`))
  return pieces
}

function pushSaid(pieces: Piece[], block: JsonObject, at: JsonPointer): void {
  for (const [key, kind] of [
    ['text', 'assistant'],
    ['thinking', 'reasoning'],
  ] as const) {
    const text = asText(block[key])
    if (text !== undefined) pieces.push({ type: 'said', kind, text, pointer: member(at, key) })
  }
  // The summary that stands in for an earlier conversation.
  const summary = asText(block['content'])
  if (summary !== undefined)
    pieces.push({ type: 'text', kind: 'assistant', text: summary, pointer: member(at, 'content') })
}

/** What a citation repeats of its source: several, and each whole. */
export function citationPieces(citation: JsonObject, at: JsonPointer): readonly Piece[] {
  return leavesOf(citation, at).flatMap(({ pointer, text, name }): readonly Piece[] => {
    if (text === '' || (name === 'type' && BLOCK_TYPES.has(text))) return []
    if (name === 'encrypted_index') return sealedPieces(citation, 'encrypted_index', at)
    return [{ type: 'text', kind: 'other', text, pointer }]
  })
}

export function sealedPieces(holder: JsonObject, key: string, at: JsonPointer): readonly Piece[] {
  const sealed = readSealed(holder[key])
  const pointer = member(at, key)
  if (sealed === undefined) return []
  if (sealed.type === 'text') return [{ ...sealed, kind: 'other', pointer }]
  const skip: Piece = { type: 'skip', content: 'sealed', reason: SEALED, pointer }
  // A signature proves who wrote a thought; the others stand for content that the provider takes back.
  if (key === 'signature' || key === 'encrypted_index') return [skip]
  return [skip, { type: 'made', made: { kind: 'sealed', id: sealed.id }, pointer }]
}

function leafPieces(value: JsonObject[string] | undefined, at: JsonPointer): readonly Piece[] {
  return leavesOf(value, at).flatMap(({ pointer, text }) =>
    text === '' ? [] : [{ type: 'text', kind: 'tool-result', text, pointer }],
  )
}
