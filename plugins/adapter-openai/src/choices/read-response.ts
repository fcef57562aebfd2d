import type { Body, BodyView, JsonObject, JsonPointer, Located } from '@sluice/core'
import { readBase64 } from '../content/encoded-text.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asCount, asObject, asString, asText, elementsOf, member, rootOf } from '../json/read.ts'
import { readCall, readFunctionCall } from '../tools/read-calls.ts'
import { FINISH_REASONS } from '../view/closed-words.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { filterTexts, promptFilterTexts } from './filter-words.ts'
import { finishOf } from './finish.ts'
import { promptTokens } from './prompt-tokens.ts'
import { readError } from './read-error.ts'
import { oddWords } from './root-words.ts'
import { HOLDERS, oddWordsIn, SAID, saidPieces } from './said.ts'
import { byteDecoder, spelledOut } from './token-bytes.ts'
import { tokenLists } from './token-lists.ts'
import { readUsage } from './usage.ts'

/** An answer with choices: of chat, and of the older completions. */
export function readChoicesResponse(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const root = rootOf(body)
  if (!root) return view.view()
  view.model({ pointer: '/model' }, asText(root['model']))
  view.usage = readUsage(root['usage'])
  for (const { name, text } of oddWords(root, undefined)) {
    view.text('other', 'model', { pointer: member('', name) }, text, { choice: 0 })
  }
  for (const { value, place } of promptFilterTexts(root)) view.text('other', 'model', place, value, { choice: 0 })
  readPromptTokens(view, root, '', 0)
  for (const [position, item] of elementsOf(root['choices']).entries()) {
    const choice = asObject(item)
    if (choice) readChoice(view, choice, member('/choices', position), asCount(choice['index']) ?? position)
  }
  return view.view()
}

function readChoice(view: ViewBuilder, choice: JsonObject, at: JsonPointer, index: number): void {
  const logprobs = asObject(choice['logprobs'])
  // What was said is asked for once more only where log probabilities repeat it.
  const said = logprobs && new Map<string, string>()
  for (const name of HOLDERS) {
    const holder = asObject(choice[name])
    if (holder) readHolder(view, holder, member(at, name), index, said)
  }
  const text = asString(choice['text'])
  if (text !== undefined) {
    said?.set('text', text)
    view.text('assistant', 'model', { pointer: member(at, 'text') }, text, { choice: index })
  }
  for (const { value, place } of filterTexts(choice, at)) view.text('other', 'model', place, value, { choice: index })
  readPromptTokens(view, choice, at, index)
  const finish = asText(choice['finish_reason'])
  if (finish !== undefined) {
    view.finishes.push({ choice: index, finish: finishOf(finish) })
    const place = { pointer: member(at, 'finish_reason') }
    if (!FINISH_REASONS.has(finish)) view.text('other', 'model', place, finish, { choice: index })
  }
  if (logprobs && said) readLogprobs(view, logprobs, member(at, 'logprobs'), index, said)
}

function readPromptTokens(view: ViewBuilder, holder: JsonObject, at: JsonPointer, choice: number): void {
  for (const tokens of promptTokens(holder['prompt_logprobs'], member(at, 'prompt_logprobs'))) {
    view.joined('other', 'model', tokens, { choice })
  }
}

function readHolder(
  view: ViewBuilder,
  message: JsonObject,
  at: JsonPointer,
  choice: number,
  said: Map<string, string> | undefined,
): void {
  for (const { value, place } of oddWordsIn(message, at)) view.text('other', 'model', place, value, { choice })
  for (const { name, kind } of SAID) {
    const pieces = saidPieces(message, name, at)
    said?.set(name, (said.get(name) ?? '') + textOf(pieces))
    if (pieces.length > 0) view.joined(kind, 'model', pieces, { choice })
  }
  const audio = asObject(message['audio'])
  if (audio) readAudio(view, audio, member(at, 'audio'), choice)
  for (const [index, call] of elementsOf(message['tool_calls']).entries()) {
    const object = asObject(call)
    if (object) readCall(view, object, `${at}/tool_calls/${index}`, choice)
  }
  const called = asObject(message['function_call'])
  if (called) readFunctionCall(view, called, member(at, 'function_call'), choice)
  for (const leaf of stringLeaves(message['annotations'], `${at}/annotations`)) {
    view.text('other', 'model', { pointer: leaf.pointer }, leaf.text, { choice })
  }
}

function readAudio(view: ViewBuilder, audio: JsonObject, at: JsonPointer, choice: number): void {
  view.text('transcript', 'model', { pointer: member(at, 'transcript') }, asString(audio['transcript']) ?? '', {
    choice,
  })
  const sound = asText(audio['data'])
  if (sound !== undefined && readBase64(sound, '').type === 'opaque') {
    const place = { pointer: member(at, 'data') }
    view.opaque.push({ place, content: 'audio', reason: 'the sound of a recording is not read' })
  }
}

/** Log probabilities say the text again. They go where it is edited, and are inspected where they say something else. */
function readLogprobs(
  view: ViewBuilder,
  logprobs: JsonObject,
  at: JsonPointer,
  choice: number,
  said: ReadonlyMap<string, string>,
): void {
  view.copies.push({ choice, place: { pointer: at } })
  for (const { of, pieces, bytes, bytesOf } of tokenLists(logprobs, at)) {
    const tokens = textOf(pieces)
    if (tokens !== said.get(of)) view.joined('other', 'model', pieces, { choice })
    const spelled = spelledOut(bytes, byteDecoder())
    // Numbers hold no text that could be cut out of them, but they go where their choice is edited.
    const isCopy = textOf(spelled) === (bytesOf === of ? said.get(of) : tokens)
    if (!isCopy) view.joined('other', 'model', spelled, { choice })
  }
}

function textOf(pieces: readonly Located<string>[]): string {
  let text = ''
  for (const piece of pieces) text += piece.value
  return text
}
