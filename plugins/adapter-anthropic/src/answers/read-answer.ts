import {
  asObject,
  asText,
  type BlockKind,
  type Body,
  type BodyView,
  elementsOf,
  type JsonObject,
  type JsonPointer,
  type Located,
  member,
  rootOf,
  spellings,
  ViewBuilder,
} from '@sluice/core'
import { readCallInput } from '../blocks/read-input.ts'
import { blockPieces } from './block-pieces.ts'
import { endPieces } from './end-pieces.ts'
import { finishOf } from './finish.ts'
import type { Piece } from './pieces.ts'
import { readError } from './read-error.ts'
import { readUsage } from './usage.ts'
import { ANSWER_WORDS } from './words.ts'

/** A whole message. An answer of this API has one choice. */
export function readMessageAnswer(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const root = rootOf(body)
  if (!root) return view.view()
  for (const { pointer, text } of ANSWER_WORDS.odd(root)) view.text('other', 'model', { pointer }, text, { choice: 0 })
  readMessage(view, body, root, '')
  return view.view()
}

/** A message that stands at a pointer of a body. */
export function readMessage(view: ViewBuilder, body: Body, message: JsonObject, at: JsonPointer): void {
  const pieces: Piece[] = []
  for (const [index, block] of elementsOf(message['content']).entries()) {
    const object = asObject(block)
    if (object) pieces.push(...blockPieces(object, `${at}/content/${index}`))
  }
  pieces.push(...endPieces(message, at))
  const model = asText(message['model'])
  const models = model === undefined ? [] : [{ type: 'model', name: model, pointer: member(at, 'model') } as const]
  addPieces(view, body, [...models, ...pieces])
  view.usage = readUsage(message['usage'])
  const stop = asText(message['stop_reason'])
  if (stop !== undefined) view.finishes.push({ choice: 0, finish: finishOf(stop) })
}

const choice = 0

function addPieces(view: ViewBuilder, body: Body, pieces: readonly Piece[]): void {
  const inputs = pieces.flatMap((piece) => (piece.type === 'call' ? [member(piece.pointer, 'input')] : []))
  const spelled = spellings(body, inputs)
  const said = new Set<string>()
  const models = new Set<string>()
  for (const piece of pieces) {
    const place = { pointer: piece.pointer }
    // All that is said is one text, where it begins: a value that is cut in two by a citation is whole again.
    if (piece.type === 'said' && !said.has(piece.kind)) {
      said.add(piece.kind)
      view.joined(piece.kind, 'model', allSaid(pieces, piece.kind), { choice })
    }
    if (piece.type === 'text') {
      const trust = piece.kind === 'tool-result' ? 'external' : 'model'
      view.text(piece.kind, trust, place, piece.text, { choice, ...(piece.decoded === true && { decoded: true }) })
    } else if (piece.type === 'skip') {
      view.opaque.push({ place, content: piece.content, reason: piece.reason })
    } else if (piece.type === 'model') {
      if (!models.has(piece.name)) view.model(place, piece.name)
      models.add(piece.name)
    } else if (piece.type === 'made') view.made.push(piece.made)
    else if (piece.type === 'call') readCallInput(view, piece, spelled, choice)
  }
}

function allSaid(pieces: readonly Piece[], kind: BlockKind): readonly Located<string>[] {
  return pieces.flatMap((piece) =>
    piece.type === 'said' && piece.kind === kind ? [{ value: piece.text, place: { pointer: piece.pointer } }] : [],
  )
}
