import { asObject, asString, type Json, type JsonPointer, leavesOf, member, readBase64 } from '@sluice/core'
import { FILE_REASON } from '../blocks/read-source.ts'
import { readSealed, SEALED } from '../blocks/sealed.ts'
import { BLOCK_TYPES, SOURCE_TYPES } from '../words/block-types.ts'
import type { Piece } from './pieces.ts'

/** What a tool that the provider ran has brought: every string of it is somebody else's text. */
export function resultPieces(content: Json | undefined, at: JsonPointer): readonly Piece[] {
  return leavesOf(content, at).flatMap(({ pointer, text, name }): readonly Piece[] => {
    if (text === '') return []
    if (name === 'type' && (BLOCK_TYPES.has(text) || SOURCE_TYPES.has(text))) return []
    if (name.startsWith('encrypted_')) return sealedPiece(text, pointer)
    if (name === 'data' && isBase64(content, at, pointer)) return bytesPiece(text, pointer)
    if (name === 'file_id') {
      return [
        { type: 'text', kind: 'tool-result', text, pointer },
        { type: 'made', made: { kind: 'file', id: text }, pointer },
      ]
    }
    return [{ type: 'text', kind: 'tool-result', text, pointer }]
  })
}

function sealedPiece(text: string, pointer: JsonPointer): readonly Piece[] {
  const sealed = readSealed(text)
  if (sealed?.type !== 'sealed') return sealed === undefined ? [] : [{ ...sealed, kind: 'tool-result', pointer }]
  return [
    { type: 'skip', content: 'sealed', reason: SEALED, pointer },
    { type: 'made', made: { kind: 'sealed', id: sealed.id }, pointer },
  ]
}

function bytesPiece(text: string, pointer: JsonPointer): readonly Piece[] {
  const bytes = readBase64(text, '')
  if (bytes.type === 'opaque') return [{ type: 'skip', content: 'file', reason: FILE_REASON, pointer }]
  const read = bytes.type === 'text' ? { text: bytes.text, decoded: true } : { text }
  return [{ type: 'text', kind: 'tool-result', ...read, pointer }]
}

/** The source of a fetched document says so beside its bytes. */
function isBase64(content: Json | undefined, at: JsonPointer, pointer: JsonPointer): boolean {
  const source = asObject(asObject(asObject(content)?.['content'])?.['source'])
  return pointer === member(member(member(at, 'content'), 'source'), 'data') && asString(source?.['type']) === 'base64'
}
