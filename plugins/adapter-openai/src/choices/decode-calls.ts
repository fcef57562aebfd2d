import type { Json, JsonObject, JsonPointer } from '@sluice/core'
import { asArray, asCount, asObject, asString, jsonText, member } from '../json/read.ts'
import { isId, TOOL_TYPES } from '../view/closed-words.ts'
import { CallSlots, type StreamedCall } from './call-slots.ts'
import type { Block, FrameEvents } from './frame-events.ts'

/** The calls of one choice: those of `tool_calls`, and the older single `function_call`. */
export class ChoiceCalls {
  readonly #choice: number
  readonly #slots: CallSlots
  readonly #single: StreamedCall

  constructor(choice: number) {
    this.#choice = choice
    this.#slots = new CallSlots(`${choice}/tool`)
    this.#single = { block: `${choice}/function_call`, id: '', name: '', isIdTold: false }
  }

  /** `holder` is a `delta`, or a `message`. */
  decode(frame: FrameEvents, holder: JsonObject, at: JsonPointer): void {
    for (const [position, item] of (asArray(holder['tool_calls']) ?? []).entries()) {
      const delta = asObject(item)
      if (delta) this.#decodeDelta(frame, delta, position, `${at}/tool_calls/${position}`)
    }
    const single = asObject(holder['function_call'])
    if (single) this.#decodeCalled(frame, this.#single, single, member(at, 'function_call'))
  }

  #decodeDelta(frame: FrameEvents, delta: JsonObject, position: number, at: JsonPointer): void {
    const id = asString(delta['id']) ?? ''
    const call = this.#slots.find(asCount(delta['index']), id, position)
    frame.start(this.#block(call))
    if (id !== '' && !call.isIdTold) {
      call.isIdTold = true
      frame.push({ type: 'tool-delta', block: call.block, callId: id, pointer: member(at, 'id') })
    }
    for (const name of ['function', 'custom']) {
      const called = asObject(delta[name])
      if (called) this.#decodeCalled(frame, call, called, member(at, name))
    }
    const type = asString(delta['type'])
    if (type !== undefined && !TOOL_TYPES.has(type)) this.#appendOther(frame, call, 'type', type, at)
    if (!isId(id)) this.#appendOther(frame, call, 'id', id, at)
  }

  #decodeCalled(frame: FrameEvents, call: StreamedCall, called: JsonObject, at: JsonPointer): void {
    // Which call the same index means later can change: such a frame stands for no other.
    frame.isSingular = true
    frame.start(this.#block(call))
    const name = asString(called['name']) ?? ''
    // Some servers send the whole name again in every delta.
    if (name !== '' && name === call.name) {
      frame.claims.push(member(at, 'name'))
    } else if (name !== '') {
      call.name += name
      frame.push({ type: 'tool-delta', block: call.block, name, pointer: member(at, 'name') })
    }
    const key = called['arguments'] === undefined ? 'input' : 'arguments'
    frame.append(this.#block(call), argumentsText(called[key]), member(at, key))
  }

  #appendOther(frame: FrameEvents, call: StreamedCall, key: string, text: string, at: JsonPointer): void {
    const block: Block = { block: `${call.block}/${key}`, choice: this.#choice, kind: 'other' }
    frame.append(block, text, member(at, key))
  }

  #block(call: StreamedCall): Block {
    return { block: call.block, choice: this.#choice, kind: 'tool-arguments' }
  }
}

/** Some servers write the arguments as JSON, not as a string of it: as a whole, then, and in one delta. */
function argumentsText(given: Json | undefined): string {
  if (typeof given === 'string') return given
  return given === undefined || given === null ? '' : jsonText(given)
}
