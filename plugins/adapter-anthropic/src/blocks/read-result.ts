import {
  asObject,
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
  const text = Array.isArray(content)
    ? readElements(view, voice, content, pointer, scene)
    : readPieces(view, voice, resultPieces(content, pointer))
  view.toolResults.push({ callId, text, place: { pointer }, ...(name !== undefined && { name }) })
  return text
}

/** Blocks as messages have them, and what else tools write: links to tools, tabs of a browser, hits of a search. */
function readElements(
  view: ViewBuilder,
  voice: Voice,
  elements: readonly Json[],
  at: JsonPointer,
  scene: Scene,
): string {
  let text = ''
  for (const [index, element] of elements.entries()) {
    const block = asObject(element)
    const pointer = member(at, index)
    text +=
      block && BLOCKS.has(asString(block['type']) ?? '')
        ? scene.block(view, voice, block, pointer, at)
        : readPieces(view, voice, resultPieces(element, pointer))
  }
  return text
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
