import {
  asCount,
  asObject,
  asText,
  type DecodedFrame,
  elementsOf,
  FrameEvents,
  type JsonObject,
  type JsonPointer,
  jsonText,
  leavesOf,
  member,
  OpenBlocks,
  type StreamDecoder,
  type StreamEvent,
  type Usage,
  type WireFrame,
} from '@sluice/core'
import { blockPieces, citationPieces } from './block-pieces.ts'
import { endPieces } from './end-pieces.ts'
import { finishOf } from './finish.ts'
import type { CallPiece, Piece } from './pieces.ts'
import { errorOf } from './read-error.ts'
import { readUsage } from './usage.ts'
import { ANSWER_WORDS } from './words.ts'

/** A call while it streams in. */
interface StreamedCall {
  readonly block: string
  /** Something of its input has come. */
  hasInput: boolean
}

const choice = 0

/** The events of one streamed message. What an event means is told by the members it has, as in a whole answer. */
export class MessageDecoder implements StreamDecoder {
  readonly #blocks = new OpenBlocks()
  /** By the index of their content block: an index that comes again begins another call. */
  readonly #calls = new Map<number, StreamedCall>()
  #begun = 0
  #usage: Usage | undefined
  #stop: string | undefined

  decode(frame: WireFrame): DecodedFrame {
    const root = asObject(frame.value)
    if (!root) return { events: [] }
    const events = new FrameEvents(this.#blocks)
    for (const { pointer, text } of ANSWER_WORDS.odd(root)) {
      events.appendWhole({ block: 'word', choice, kind: 'other' }, text, pointer)
    }
    const message = asObject(root['message'])
    if (message) this.#decodeMessage(events, message, '/message')
    const index = asCount(root['index']) ?? 0
    const block = asObject(root['content_block'])
    if (block) this.#decodeBlock(events, block, '/content_block', index)
    const delta = asObject(root['delta'])
    if (delta) this.#decodeDelta(events, delta, index)
    if (root['type'] === 'content_block_stop') this.#endBlock(events, index)
    this.#decodeUsage(events, root)
    const error = errorOf(root)
    if (error) {
      events.push({ type: 'upstream-error', message: error.message })
      events.appendWhole({ block: 'error', choice, kind: 'error' }, error.message, error.pointer)
    }
    if (root['type'] === 'message_stop') events.push({ type: 'stream-end' })
    return events.decoded([])
  }

  end(): readonly StreamEvent[] {
    const events = new FrameEvents(this.#blocks)
    for (const index of this.#calls.keys()) this.#endBlock(events, index)
    return [...events.events, ...this.#blocks.end()]
  }

  #decodeMessage(events: FrameEvents, message: JsonObject, at: JsonPointer): void {
    const model = asText(message['model'])
    events.push({ type: 'response-start', ...(model !== undefined && { model, pointer: member(at, 'model') }) })
    for (const [index, block] of elementsOf(message['content']).entries()) {
      const object = asObject(block)
      if (object) this.#decodeBlock(events, object, `${at}/content/${index}`, index)
    }
    this.#decodeEnd(events, message, at)
    this.#decodeUsage(events, message)
  }

  #decodeBlock(events: FrameEvents, block: JsonObject, at: JsonPointer, index: number): void {
    events.isSingular = true
    this.#add(events, blockPieces(block, at), index)
  }

  #decodeDelta(events: FrameEvents, delta: JsonObject, index: number): void {
    const input = asText(delta['partial_json'])
    if (input !== undefined) {
      this.#appendInput(events, this.#calls.get(index) ?? this.#begin(index), input, '/delta/partial_json')
    }
    const citation = asObject(delta['citation'])
    if (citation) this.#add(events, citationPieces(citation, '/delta/citation'), index)
    this.#add(events, blockPieces(delta, '/delta'), index)
    this.#decodeEnd(events, delta, '/delta')
  }

  #decodeEnd(events: FrameEvents, holder: JsonObject, at: JsonPointer): void {
    this.#add(events, endPieces(holder, at), 0)
    const stop = asText(holder['stop_reason'])
    if (stop === undefined || stop === this.#stop) return
    this.#stop = stop
    events.end(choice)
    events.push({ type: 'response-end', choice, finish: finishOf(stop) })
  }

  #decodeUsage(events: FrameEvents, holder: JsonObject): void {
    const usage = readUsage(holder['usage'], this.#usage)
    if (!usage) return
    this.#usage = usage
    events.push({ type: 'usage', usage })
  }

  #add(events: FrameEvents, pieces: readonly Piece[], index: number): void {
    for (const piece of pieces) {
      const { pointer } = piece
      if (piece.type === 'said') events.append({ block: piece.kind, choice, kind: piece.kind }, piece.text, pointer)
      else if (piece.type === 'text') {
        events.appendWhole({ block: piece.kind, choice, kind: piece.kind }, piece.text, pointer)
      } else if (piece.type === 'skip') {
        events.push({ type: 'content-skip', choice, content: piece.content, reason: piece.reason, pointer })
      } else if (piece.type === 'model') events.push({ type: 'response-start', model: piece.name, pointer })
      else if (piece.type === 'made') events.push({ type: 'made', made: piece.made, pointer })
      else this.#decodeCall(events, piece, index)
    }
  }

  #decodeCall(events: FrameEvents, { callId, name, definition, input, pointer }: CallPiece, index: number): void {
    const call = this.#begin(index)
    events.start({ block: call.block, choice, kind: 'tool-arguments' })
    const known = { ...(callId !== '' && { callId }), ...(definition !== undefined && { definition }) }
    events.push({ type: 'tool-delta', block: call.block, ...known, name, pointer: member(pointer, 'name') })
    const at = member(pointer, 'input')
    for (const leaf of leavesOf(input, at)) events.claims.push(leaf.pointer)
    // Empty, it says that the input comes in deltas.
    const text = input === undefined ? '' : typeof input === 'string' ? input : jsonText(input)
    if (text !== '{}') this.#appendInput(events, call, text, at)
  }

  #begin(index: number): StreamedCall {
    const call: StreamedCall = { block: `call/${this.#begun++}`, hasInput: false }
    this.#calls.set(index, call)
    return call
  }

  #appendInput(events: FrameEvents, call: StreamedCall, text: string, pointer: JsonPointer): void {
    // Which call the same index means later can change: such an event stands for no other.
    events.isSingular = true
    if (text !== '') call.hasInput = true
    events.append({ block: call.block, choice, kind: 'tool-arguments' }, text, pointer)
  }

  /** A call whose input never came has an empty one. */
  #endBlock(events: FrameEvents, index: number): void {
    const call = this.#calls.get(index)
    if (call && !call.hasInput) this.#appendInput(events, call, '{}', '')
  }
}
