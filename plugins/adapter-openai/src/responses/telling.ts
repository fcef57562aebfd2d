import type { BlockKind, JsonPointer, NamedText, SegmentTrust } from '@sluice/core'
import { type FrameEvents, OpenBlocks } from '../choices/frame-events.ts'
import { joinedText, type ReadCall, type Reading, type ReadText } from './reading.ts'

/** A text that comes in pieces. */
export interface StreamedText {
  readonly block: string
  readonly kind: BlockKind
  readonly tool?: NonNullable<NamedText['tool']>
  readonly group?: string
  readonly trust?: SegmentTrust
  readonly copyOf?: string
}

interface ToldCall {
  readonly callId: string
  readonly name: string
  readonly definition: string | undefined
}

/** What is longer is not kept to be compared: there are few such texts, and they are told apart at the end. */
const LONGEST_WHOLE = 4096

/**
 * What a stream has told so far, and what of a frame is new. The API says everything up to five times: in deltas, when a
 * text is done, when its part and its item are, and when the response is. The first is the text; each other is a copy,
 * and of interest only where it says something else.
 */
export class Telling {
  readonly blocks: OpenBlocks = new OpenBlocks()
  /** Blocks that have text. */
  readonly #texts = new Set<string>()
  /** Short texts that came whole, and nothing after them: the same once more is no block of its own. */
  readonly #wholes = new Map<string, string>()
  readonly #calls = new Map<string, ToldCall>()
  readonly #made = new Set<string>()
  /** Calls that come whole, by where they stand: what each said. */
  readonly #wholeCalls = new Map<string, Set<string>>()

  /** The text has begun. */
  has(block: string): boolean {
    return this.#texts.has(block)
  }

  /** A piece of a text. */
  piece(events: FrameEvents, text: StreamedText, delta: string, pointer: JsonPointer): void {
    if (delta === '') return
    this.#texts.add(text.block)
    this.#wholes.delete(text.block)
    events.append(this.#blockOf(text), delta, pointer)
  }

  /** A whole text. `isFinal`: it can stand for deltas that never came. */
  whole(events: FrameEvents, text: StreamedText, said: string, pointer: JsonPointer, isFinal: boolean): void {
    this.#say(events, text, [{ delta: said, pointer }], isFinal)
  }

  /** The name of a call's tool, told once more with its whole input. */
  named(events: FrameEvents, block: string, name: string, input: string): void {
    const told = this.#calls.get(block)
    events.isSingular = true
    if (told?.name === name) events.claims.push('/name')
    else this.#other(events, block, { callId: '', definition: undefined, ...told, name }, input, '/name')
  }

  /** All of a reading. `prefix` tells its texts from those of other items. */
  reading(events: FrameEvents, reading: Reading, prefix: string, isFinal: boolean): void {
    const inputs = new Set<string>()
    for (const call of reading.calls) {
      this.#call(events, call, prefix)
      if (call.input !== undefined) inputs.add(call.input)
    }
    for (const text of reading.texts) {
      const { key, kind, tool, group, repeats, trust } = text
      const isInput = inputs.has(key)
      const block = {
        block: `${prefix}${key}`,
        kind,
        trust,
        ...(tool && !isInput && { tool }),
        ...(group !== undefined && { group }),
        ...(repeats !== undefined && { copyOf: `${prefix}${repeats}` }),
      }
      this.#say(events, block, piecesOf(text), isFinal)
    }
    for (const { place, content, reason } of reading.opaque) {
      events.push({ type: 'content-skip', choice: 0, content, reason, pointer: place.pointer })
    }
    for (const { made, pointer } of reading.made) {
      const id = `${made.kind} ${made.id}`
      if (this.#made.has(id)) events.claims.push(pointer)
      else events.push({ type: 'made', made, pointer })
      this.#made.add(id)
    }
    events.claims.push(...reading.passed)
  }

  #say(
    events: FrameEvents,
    text: StreamedText,
    pieces: readonly { readonly delta: string; readonly pointer: JsonPointer }[],
    isFinal: boolean,
  ): void {
    // Its place among the others is known before its text is.
    if (!isFinal && text.copyOf === undefined) events.start(this.#blockOf(text))
    if (pieces.every(({ delta }) => delta === '')) return
    events.isSingular = true
    const isFirst = isFinal && !this.#texts.has(text.block)
    const { block } = text
    const said = pieces.map(({ delta }) => delta).join('')
    if (!isFirst && this.#wholes.get(block) === said) {
      events.claims.push(...pieces.map(({ pointer }) => pointer))
      return
    }
    if (isFirst && said.length <= LONGEST_WHOLE) this.#wholes.set(block, said)
    const own = isFirst
      ? this.#blockOf(text)
      : { ...this.#blockOf(text), block: this.blocks.copyOf(block), copyOf: block }
    if (isFirst) this.#texts.add(block)
    const call = this.#calls.get(block)
    events.start(own)
    if (call && !isFirst) this.#name(events, own.block, call, pieces[0]?.pointer ?? '')
    for (const { delta, pointer } of pieces) events.append(own, delta, pointer)
  }

  #call(events: FrameEvents, { call, input, name, id }: ReadCall, prefix: string): void {
    if (input === undefined) {
      this.#wholeCall(events, call, `${prefix}call/${call.name}`)
      return
    }
    const block = `${prefix}${input}`
    const told = this.#calls.get(block)
    const { callId, name: called, definition } = call
    const pointers = [name, id].filter((pointer) => pointer !== undefined)
    if (told === undefined) {
      this.#calls.set(block, { callId, name: called, definition })
      events.start(this.#blockOf({ block, kind: 'tool-arguments' }))
      this.#name(events, block, { callId, name: called, definition }, name ?? '')
      events.claims.push(...pointers)
    } else if (told.callId === callId && told.name === called && told.definition === definition) {
      events.claims.push(...pointers)
    } else {
      this.#other(events, block, { callId, name: called, definition }, call.inputText, name ?? id ?? '')
      events.claims.push(...pointers)
    }
  }

  /** Told again, it is the same call; with another input it is one more, and judged too. */
  #wholeCall(events: FrameEvents, call: ReadCall['call'], block: string): void {
    const { callId, definition, inputText } = call
    const told = JSON.stringify([callId, definition, inputText])
    const before = this.#wholeCalls.get(block)
    if (before?.has(told)) return
    if (before === undefined) this.#wholeCalls.set(block, new Set([told]))
    else before.add(told)
    const own = before === undefined ? block : this.blocks.copyOf(block)
    events.push({ type: 'tool-call', block: own, call: withoutPlace(call) })
  }

  /** Another tool, or another call, than was told before: it is judged like one. */
  #other(events: FrameEvents, block: string, call: ToldCall, input: string, pointer: JsonPointer): void {
    const other = this.#blockOf({ block: this.blocks.copyOf(block), kind: 'tool-arguments' })
    events.start(other)
    this.#name(events, other.block, call, pointer)
    events.append(other, input, pointer)
  }

  #name(events: FrameEvents, block: string, { callId, name, definition }: ToldCall, pointer: JsonPointer): void {
    const going = definition === undefined ? {} : { definition }
    events.push({ type: 'tool-delta', block, callId, name, ...going, pointer })
  }

  #blockOf<Text extends StreamedText>(text: Text): Text & { readonly choice: 0 } {
    return { ...text, choice: 0 }
  }
}

function withoutPlace({ place: _, ...call }: ReadCall['call']): ReadCall['call'] {
  return call
}

/** The pieces of a text, each with what stands between it and the next. */
function piecesOf(text: ReadText): { readonly delta: string; readonly pointer: JsonPointer }[] {
  const joined = joinedText(text)
  return joined.sources.map(({ place, start }, at) => {
    return { delta: joined.text.slice(start, joined.sources[at + 1]?.start), pointer: place.pointer }
  })
}
