import type { DecodedFrame, JsonObject, JsonPointer, StreamDecoder, StreamEvent, WireFrame } from '@sluice/core'
import { readBase64 } from '../content/encoded-text.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asCount, asObject, asString, asText, member } from '../json/read.ts'
import { FINISH_REASONS } from '../view/closed-words.ts'
import { ChoiceCalls } from './decode-calls.ts'
import { decodeError } from './decode-error.ts'
import { filterTexts, promptFilterTexts } from './filter-words.ts'
import { finishOf } from './finish.ts'
import { type Block, FrameEvents, OpenBlocks } from './frame-events.ts'
import { promptTokens } from './prompt-tokens.ts'
import { oddWords } from './root-words.ts'
import { HOLDERS, oddWordsIn, SAID, saidPieces } from './said.ts'
import { byteDecoder, spelledOut } from './token-bytes.ts'
import { type TokenList, tokenLists } from './token-lists.ts'
import { readUsage } from './usage.ts'

interface ChoiceState {
  readonly index: number
  /** What spells out the bytes of tokens, by the block it goes to. */
  readonly spellers: Map<string, TextDecoder>
  readonly calls: ChoiceCalls
  finish: string | undefined
}

/** Streams of chunks with choices: of chat, and of the older completions. */
export class ChoicesDecoder implements StreamDecoder {
  readonly #blocks = new OpenBlocks()
  readonly #choices = new Map<number, ChoiceState>()
  #before: JsonObject | undefined
  /** Undefined until something has come. The first frame of some servers (Azure's) is there before the model's name. */
  #model: string | undefined

  decode(frame: WireFrame): DecodedFrame {
    if (frame.data.trim() === '[DONE]') return { events: [{ type: 'stream-end' }] }
    const root = asObject(frame.value)
    if (!root) return { events: [] }
    const events = new FrameEvents(this.#blocks)
    this.#decodeRoot(events, root)
    decodePromptTokens(events, root, '', 0)
    for (const [position, item] of (asArray(root['choices']) ?? []).entries()) {
      const choice = asObject(item)
      if (choice) this.#decodeChoice(events, choice, member('/choices', position), position)
    }
    const usage = readUsage(root['usage'])
    if (usage) events.push({ type: 'usage', usage })
    decodeError(events, root, frame)
    this.#before = root
    return events.decoded(typeof root['obfuscation'] === 'string' ? ['/obfuscation'] : [])
  }

  end(): readonly StreamEvent[] {
    return this.#blocks.end()
  }

  #decodeRoot(events: FrameEvents, root: JsonObject): void {
    const model = asText(root['model'])
    if (this.#model === undefined || (model !== undefined && model !== this.#model)) {
      this.#model = model ?? ''
      events.push({ type: 'response-start', ...(model !== undefined && { model, pointer: '/model' }) })
    }
    for (const { name, text } of oddWords(root, this.#before)) {
      events.append({ block: `word/${name}`, choice: 0, kind: 'other' }, text, member('', name))
      events.isSingular = true
    }
    for (const { value, place } of promptFilterTexts(root)) {
      events.appendWhole({ block: 'word/filter', choice: 0, kind: 'other' }, value, place.pointer)
    }
  }

  #decodeChoice(events: FrameEvents, choice: JsonObject, at: JsonPointer, position: number): void {
    const state = this.#stateOf(asCount(choice['index']) ?? position)
    const { index } = state
    for (const name of HOLDERS) {
      const holder = asObject(choice[name])
      if (holder) decodeHolder(events, state, holder, member(at, name))
    }
    for (const { value, place } of filterTexts(choice, at)) {
      events.appendWhole({ block: `${index}/filter`, choice: index, kind: 'other' }, value, place.pointer)
    }
    decodePromptTokens(events, choice, at, index)
    const text = asText(choice['text'])
    if (text !== undefined)
      events.append({ block: `${index}/text`, choice: index, kind: 'assistant' }, text, `${at}/text`)
    for (const list of tokenLists(choice['logprobs'], member(at, 'logprobs'))) decodeTokens(events, state, list)
    decodeFinish(events, state, asText(choice['finish_reason']), member(at, 'finish_reason'))
  }

  #stateOf(index: number): ChoiceState {
    let state = this.#choices.get(index)
    if (!state) {
      state = { index, spellers: new Map(), calls: new ChoiceCalls(index), finish: undefined }
      this.#choices.set(index, state)
    }
    return state
  }
}

function decodeHolder(events: FrameEvents, state: ChoiceState, holder: JsonObject, at: JsonPointer): void {
  const choice = state.index
  for (const { value, place } of oddWordsIn(holder, at)) {
    events.appendWhole({ block: `${choice}/word`, choice, kind: 'other' }, value, place.pointer)
  }
  for (const { name, kind } of SAID) {
    for (const { value, place } of saidPieces(holder, name, at)) {
      events.append({ block: `${choice}/${name}`, choice, kind }, value, place.pointer)
    }
  }
  const audio = asObject(holder['audio'])
  if (audio) decodeAudio(events, choice, audio, member(at, 'audio'))
  state.calls.decode(events, holder, at)
  for (const leaf of stringLeaves(holder['annotations'], member(at, 'annotations'))) {
    // A citation comes whole: each of its strings is a text of its own, however many frames they come in.
    events.appendWhole({ block: `${choice}/annotation`, choice, kind: 'other' }, leaf.text, leaf.pointer)
  }
}

function decodePromptTokens(events: FrameEvents, holder: JsonObject, at: JsonPointer, choice: number): void {
  for (const [rank, tokens] of promptTokens(holder['prompt_logprobs'], member(at, 'prompt_logprobs')).entries()) {
    events.isSingular = true
    const block: Block = { block: `${choice}/prompt/${rank}`, choice, kind: 'other' }
    for (const { value, place } of tokens) events.append(block, value, place.pointer)
  }
}

function decodeTokens(events: FrameEvents, { index, spellers }: ChoiceState, list: TokenList): void {
  events.isSingular = true
  const block = `${index}/${list.block}`
  const copy = (block: string, of: string): Block => ({ block, choice: index, kind: 'other', copyOf: `${index}/${of}` })
  for (const { value, place } of list.pieces) events.append(copy(block, list.of), value, place.pointer)
  if (list.bytes.length === 0) return
  const speller = spellers.get(block) ?? byteDecoder()
  spellers.set(block, speller)
  for (const { value, place } of spelledOut(list.bytes, speller)) {
    events.append(copy(`${block}/bytes`, list.bytesOf), value, place.pointer)
  }
}

function decodeAudio(events: FrameEvents, choice: number, audio: JsonObject, at: JsonPointer): void {
  const transcript = asString(audio['transcript']) ?? ''
  events.append({ block: `${choice}/transcript`, choice, kind: 'transcript' }, transcript, member(at, 'transcript'))
  const sound = asText(audio['data'])
  if (sound !== undefined && readBase64(sound, '').type === 'opaque') {
    const reason = 'the sound of a recording is not read'
    events.push({ type: 'content-skip', choice, content: 'audio', reason, pointer: member(at, 'data') })
  }
}

function decodeFinish(events: FrameEvents, state: ChoiceState, finish: string | undefined, pointer: JsonPointer): void {
  if (finish === undefined || finish === state.finish) return
  state.finish = finish
  const choice = state.index
  if (!FINISH_REASONS.has(finish)) events.append({ block: `${choice}/finish`, choice, kind: 'other' }, finish, pointer)
  events.end(choice)
  events.push({ type: 'response-end', choice, finish: finishOf(finish) })
}
