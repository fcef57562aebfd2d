import type { DecodedFrame, Json, JsonObject, JsonPointer, StreamDecoder, StreamEvent, WireFrame } from '@sluice/core'
import { decodeError } from '../choices/decode-error.ts'
import { FrameEvents } from '../choices/frame-events.ts'
import { readUsage } from '../choices/usage.ts'
import { readBase64 } from '../content/encoded-text.ts'
import { asArray, asCount, asObject, asString, asText, member } from '../json/read.ts'
import { isId } from '../view/closed-words.ts'
import { DELTAS, type DeltaType } from './deltas.ts'
import { CALL_TYPES, RESULT_TYPES } from './item-types.ts'
import { type AnswerKind, answerContext, failureOf, finishOfResponse, readSurroundings } from './read-answer.ts'
import { type ItemContext, itemsOf, readItem, readPart } from './read-item.ts'
import { readToolSet } from './read-tools.ts'
import { Reading } from './reading.ts'
import { type StreamedText, Telling } from './telling.ts'
import { readTokenLists } from './token-copies.ts'
import { isEventType, isPartType, oddRootWords } from './words.ts'

const LAST: ReadonlySet<string> = new Set(['completed', 'incomplete', 'failed', 'cancelled'])

/** The events of a response. Texts are told apart by the item's place in the output, and by their place in it. */
export class ResponseDecoder implements StreamDecoder {
  readonly #kind: AnswerKind
  readonly #telling = new Telling()
  readonly #context: Omit<ItemContext, 'name'>
  /** As they were first seen. */
  readonly #items = new Map<number, JsonObject>()
  #isStarted = false
  #toldTools = false

  constructor(kind: AnswerKind) {
    this.#kind = kind
    this.#context = answerContext(kind.calls)
  }

  decode(frame: WireFrame): DecodedFrame {
    if (frame.data.trim() === '[DONE]') return { events: [{ type: 'stream-end' }] }
    const root = asObject(frame.value)
    if (!root) return { events: [] }
    const events = new FrameEvents(this.#telling.blocks)
    const type = asString(root['type']) ?? ''
    this.#start(events, asObject(root['response']))
    if (!isEventType(type)) word(events, type, '/type')
    const itemId = asString(root['item_id']) ?? ''
    if (!isId(itemId)) word(events, itemId, '/item_id')
    for (const odd of oddRootWords(root)) word(events, odd.text, odd.pointer)
    const output = asCount(root['output_index']) ?? 0
    const last = type.slice(type.lastIndexOf('.') + 1)
    const delta = DELTAS.get(type.slice(0, type.lastIndexOf('.')))
    if (delta) this.#decodeText(events, delta, root, output, last)
    else if (typeof root['delta'] === 'object') this.#decodeShellOutput(events, root['delta'], root, output)
    this.#decodeLogprobs(events, root, output, last)
    const response = asObject(root['response'])
    if (response) this.#decodeResponse(events, response, LAST.has(last))
    const item = asObject(root['item'])
    if (item) this.#decodeItem(events, output, item, '/item', last === 'done')
    if (asObject(root['part'])) this.#decodePart(events, root['part'] ?? null, root, output, last === 'done')
    if (root['annotation'] !== undefined) this.#decodeAnnotation(events, root['annotation'], root, output)
    if (root['output'] !== undefined && !response) this.#decodeOutput(events, root['output'], root, output)
    if (type === 'response.image_generation_call.partial_image') this.#decodePicture(events, root, output)
    if (type === 'response.audio.delta') decodeSound(events, root)
    if (type === 'error' && errorMessage(root) !== undefined) {
      events.push({ type: 'upstream-error', message: errorMessage(root) ?? '' })
      events.appendWhole({ block: 'error', choice: 0, kind: 'error' }, errorMessage(root) ?? '', '/message')
    } else decodeError(events, root, frame)
    return events.decoded(paddingOf(root))
  }

  end(): readonly StreamEvent[] {
    return this.#telling.blocks.end()
  }

  #start(events: FrameEvents, response: JsonObject | undefined): void {
    const model = asText(response?.['model'])
    if (this.#isStarted && model === undefined) return
    this.#isStarted = true
    events.push({ type: 'response-start', ...(model !== undefined && { model, pointer: '/response/model' }) })
  }

  #decodeText(events: FrameEvents, type: DeltaType, root: JsonObject, output: number, last: string): void {
    const key = type.key(root)
    const group = type.group === 'message' ? 'output' : type.group && `${output}/${type.group}`
    const isCall = type.kind === 'tool-arguments' && key.includes('/')
    const text: StreamedText = {
      block: `${output}/${key}`,
      kind: type.kind,
      ...(group !== undefined && { group }),
      ...(isCall && { tool: this.#toolAt(output) }),
    }
    if (last === 'delta' && typeof root['delta'] === 'string') {
      this.#telling.piece(events, text, root['delta'], '/delta')
    } else {
      const said = root[type.whole]
      // The first word of what is to come is no copy of it.
      if (typeof said === 'string') this.#telling.whole(events, text, said, member('', type.whole), last === 'done')
      const name = asText(root['name'])
      if (name !== undefined) this.#telling.named(events, text.block, name, asString(said) ?? '')
    }
  }

  #decodeLogprobs(events: FrameEvents, root: JsonObject, output: number, last: string): void {
    if (!asArray(root['logprobs'])?.length) return
    const reading = new Reading()
    readTokenLists(reading, root['logprobs'], '/logprobs', `content/${asCount(root['content_index']) ?? 0}`)
    if (last === 'delta') this.#decodeTokens(events, reading, output)
    else this.#telling.reading(events, reading, `${output}/`, true)
  }

  #decodeTokens(events: FrameEvents, reading: Reading, output: number): void {
    events.isSingular = true
    for (const { key: list, kind, pieces, repeats } of reading.texts) {
      const block = { block: `${output}/${list}`, kind, copyOf: `${output}/${repeats}` }
      for (const { value, place } of pieces) this.#telling.piece(events, block, value, place.pointer)
    }
  }

  /** A piece of what a shell printed: an object of strings. */
  #decodeShellOutput(events: FrameEvents, delta: Json, root: JsonObject, output: number): void {
    for (const [name, said] of Object.entries(asObject(delta) ?? {})) {
      if (typeof said !== 'string') continue
      const key = `output/${asCount(root['command_index']) ?? 0}/${name}`
      const tool = { tool: this.#toolAt(output) }
      const text = { block: `${output}/${key}`, kind: 'tool-result', trust: 'external', ...tool } as const
      this.#telling.piece(events, text, said, member('/delta', name))
    }
  }

  /** What a shell printed, done: the list as it stands in the item. */
  #decodeOutput(events: FrameEvents, value: Json, root: JsonObject, output: number): void {
    const item = this.#items.get(output) ?? { type: 'shell_call_output' }
    const reading = new Reading()
    const from = asCount(root['command_index']) ?? 0
    for (const [index, part] of itemsOf(value)) {
      readPart(reading, part, member('/output', index), `output/${from + index}`, item, this.#contextOf(output))
    }
    this.#telling.reading(events, reading, `${output}/`, true)
  }

  #decodeResponse(events: FrameEvents, response: JsonObject, isLast: boolean): void {
    if (this.#kind.isEarlier && !this.#toldTools && asArray(response['tools'])) {
      this.#toldTools = true
      events.push({ type: 'tool-set', set: readToolSet(response, '/response/tools') })
    }
    // It is said when the response begins, and again at its end: the first is the text here too.
    this.#telling.reading(events, readSurroundings(response, '/response', this.#kind.makes), 'response/', true)
    for (const [index, item] of itemsOf(response['output'])) {
      this.#decodeItem(events, index, item, member('/response/output', index), isLast)
    }
    const usage = readUsage(response['usage'])
    if (usage) events.push({ type: 'usage', usage })
    const error = failureOf(response)
    if (error !== undefined) events.push({ type: 'upstream-error', message: error })
    const finish = finishOfResponse(response)
    if (!isLast || !finish) return
    events.end(0)
    events.push({ type: 'response-end', choice: 0, finish })
    events.push({ type: 'stream-end' })
  }

  #decodeItem(events: FrameEvents, output: number, item: JsonObject, at: JsonPointer, isFinal: boolean): void {
    events.isSingular = true
    if (!this.#items.has(output)) this.#items.set(output, item)
    const reading = new Reading()
    readItem(reading, item, at, this.#contextOf(output))
    // Until an item is done, a call that comes whole has not come.
    if (!isFinal) dropWholeCalls(reading)
    this.#telling.reading(events, reading, `${output}/`, isFinal)
  }

  #decodePart(events: FrameEvents, part: Json, root: JsonObject, output: number, isFinal: boolean): void {
    const summary = asCount(root['summary_index'])
    const key = summary === undefined ? `content/${asCount(root['content_index']) ?? 0}` : `summary/${summary}`
    const partType = asString(asObject(part)?.['type']) ?? ''
    const type = summary === undefined && partType !== 'reasoning_text' ? 'message' : 'reasoning'
    const item = this.#items.get(output) ?? { type, role: 'assistant' }
    const reading = new Reading()
    readPart(reading, part, '/part', key, item, this.#contextOf(output))
    if (!isPartType(partType)) word(events, partType, '/part/type')
    this.#telling.reading(events, reading, `${output}/`, isFinal)
  }

  #decodeAnnotation(events: FrameEvents, annotation: Json, root: JsonObject, output: number): void {
    const list = `content/${asCount(root['content_index']) ?? 0}/annotations`
    const reading = new Reading()
    const item = { type: 'message', role: 'assistant' }
    readPart(reading, annotation, '/annotation', `${list}/0`, item, this.#contextOf(output))
    for (const { kind, pieces } of reading.texts) {
      for (const { value, place } of pieces) {
        const isFirst = !this.#telling.has(`${output}/${list}`)
        const line = { block: `${output}/${list}`, kind }
        this.#telling.piece(events, line, isFirst ? value : `\n${value}`, place.pointer)
      }
    }
    events.isSingular = true
  }

  /** A picture as far as it has come, and what is said of it again when it is done. */
  #decodePicture(events: FrameEvents, root: JsonObject, output: number): void {
    const picture = asText(root['partial_image_b64'])
    if (picture !== undefined && readBase64(picture, '').type === 'opaque') {
      const reason = 'the pixels of an image are not read'
      events.push({ type: 'content-skip', choice: 0, content: 'image', reason, pointer: '/partial_image_b64' })
    }
    for (const name of ['size', 'quality', 'background', 'output_format']) {
      const said = asString(root[name]) ?? ''
      this.#telling.whole(events, { block: `${output}/${name}`, kind: 'other' }, said, member('', name), false)
    }
  }

  #toolAt(output: number): { readonly name: string; readonly callId?: string } {
    const item = this.#items.get(output)
    const callId = asText(item?.['call_id']) ?? asText(item?.['id'])
    const type = asString(item?.['type']) ?? ''
    const name = CALL_TYPES.get(type)?.tool ?? RESULT_TYPES.get(type) ?? ''
    const known = callId === undefined ? undefined : this.#context.tools.get(callId)
    return { name: known ?? name, ...(callId !== undefined && { callId }) }
  }

  #contextOf(output: number): ItemContext {
    return { ...this.#context, name: `${output}` }
  }
}

function word(events: FrameEvents, text: string, pointer: JsonPointer): void {
  events.appendWhole({ block: 'word', choice: 0, kind: 'other' }, text, pointer)
}

function decodeSound(events: FrameEvents, root: JsonObject): void {
  const sound = asText(root['delta'])
  if (sound === undefined || readBase64(sound, '').type !== 'opaque') return
  const reason = 'the sound of a recording is not read'
  events.push({ type: 'content-skip', choice: 0, content: 'audio', reason, pointer: '/delta' })
}

function errorMessage(root: JsonObject): string | undefined {
  return asString(root['message'])
}

/** What differs from frame to frame and means nothing. */
function paddingOf(root: JsonObject): JsonPointer[] {
  const padding: JsonPointer[] = []
  if (typeof root['obfuscation'] === 'string') padding.push('/obfuscation')
  if (typeof root['sequence_number'] === 'number') padding.push('/sequence_number')
  return padding
}

function dropWholeCalls(reading: Reading): void {
  const streamed = reading.calls.filter(({ input }) => input !== undefined)
  reading.calls.splice(0, reading.calls.length, ...streamed)
}
