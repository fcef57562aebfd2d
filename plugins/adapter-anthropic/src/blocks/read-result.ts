import {
  asArray,
  asString,
  asText,
  type Json,
  type JsonObject,
  type JsonPointer,
  member,
  type ViewBuilder,
} from '@sluice/core'
import type { Piece } from '../answers/pieces.ts'
import { resultPieces } from '../answers/result-pieces.ts'
import type { Scene } from './scene.ts'
import type { Voice } from './voice.ts'

/** What a tool brought: one of the client's, of an MCP server, or of the provider. Returns the text that was read. */
export function readResult(view: ViewBuilder, block: JsonObject, at: JsonPointer, scene: Scene): string {
  const callId = asText(block['tool_use_id']) ?? ''
  const name = scene.calls.get(callId)
  const tool = { name: name ?? '', ...(callId !== '' && { callId }) }
  const voice: Voice = { kind: 'tool-result', trust: 'external', details: { tool } }
  const content = block['content']
  const pointer = member(at, 'content')
  const text = isBlocks(content)
    ? scene.content(view, voice, content, pointer)
    : readPieces(view, voice, resultPieces(content, pointer))
  view.toolResults.push({ callId, text, place: { pointer }, ...(name !== undefined && { name }) })
  return text
}

/** Blocks as messages have them. The provider's own tools write lists of other things. */
function isBlocks(content: Json | undefined): boolean {
  const list = asArray(content)
  return typeof content === 'string' || (list?.every(isBlock) ?? false)
}

function isBlock(element: Json): boolean {
  const type = typeof element === 'object' && element !== null && 'type' in element ? asString(element.type) : undefined
  return type !== undefined && BLOCKS.has(type)
}

const BLOCKS: ReadonlySet<string> = new Set(['text', 'image', 'document', 'search_result'])

function readPieces(view: ViewBuilder, voice: Voice, pieces: readonly Piece[]): string {
  let all = ''
  for (const piece of pieces) {
    const place = { pointer: piece.pointer }
    if (piece.type === 'text') {
      const decoded = piece.decoded === true ? { decoded: true as const } : {}
      view.text(voice.kind, voice.trust, place, piece.text, { ...voice.details, ...decoded })
      all += piece.text
    } else if (piece.type === 'skip') view.opaque.push({ place, content: piece.content, reason: piece.reason })
    // What the provider made in an answer is named again where the client sends that answer back.
    else if (piece.type === 'made') view.references.push({ ...piece.made, place, use: 'input' })
  }
  return all
}
