import { asObject, asText, type JsonObject, type JsonPointer, member } from '@sluice/core'
import type { Piece } from './pieces.ts'

/** How a message ended, beside the reason: `holder` is a message, or the last delta of one. */
export function endPieces(holder: JsonObject, at: JsonPointer): readonly Piece[] {
  const pieces: Piece[] = []
  const sequence = asText(holder['stop_sequence'])
  if (sequence !== undefined) {
    pieces.push({ type: 'text', kind: 'other', text: sequence, pointer: member(at, 'stop_sequence') })
  }
  const explanation = asText(asObject(holder['stop_details'])?.['explanation'])
  if (explanation !== undefined) {
    pieces.push({ type: 'text', kind: 'refusal', text: explanation, pointer: `${at}/stop_details/explanation` })
  }
  const container = asText(asObject(holder['container'])?.['id'])
  if (container !== undefined) {
    pieces.push({ type: 'made', made: { kind: 'container', id: container }, pointer: `${at}/container/id` })
  }
  return pieces
}
