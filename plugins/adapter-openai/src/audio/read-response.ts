import type { Body, BodyView, Json, JsonObject, JsonPointer, Located } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { byteDecoder, spelledOut } from '../choices/token-bytes.ts'
import { readUsage } from '../choices/usage.ts'
import { asArray, asObject, asString, member, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { transcriptTokens } from './transcript-tokens.ts'
import { oddTranscriptWords } from './transcript-words.ts'

/** `json`, `verbose_json` and `diarized_json`; `text`, `srt` and `vtt` are one text. */
export function readTranscript(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  if (body.type === 'text' && answer.status < 400) {
    view.text('transcript', 'model', { pointer: '' }, body.text, { choice: 0 })
  } else {
    readError(view, body, answer.status)
  }
  const root = rootOf(body)
  if (root) readRoot(view, root)
  return view.view()
}

function readRoot(view: ViewBuilder, root: JsonObject): void {
  view.usage = readUsage(root['usage'])
  for (const { value, place } of oddTranscriptWords(root)) view.text('other', 'model', place, value, { choice: 0 })
  const text = asString(root['text']) ?? ''
  view.text('transcript', 'model', { pointer: '/text' }, text, { choice: 0 })
  for (const [index, segment] of (asArray(root['segments']) ?? []).entries()) {
    const object = asObject(segment)
    if (object) readSegment(view, object, `/segments/${index}`)
  }
  readWords(view, root['words'], text)
  const { pieces, bytes } = transcriptTokens(root['logprobs'])
  if (pieces.length === 0 && bytes.length === 0) return
  view.copies.push({ choice: 0, place: { pointer: '/logprobs' } })
  if (textOf(pieces) !== text) view.joined('other', 'model', pieces, { choice: 0 })
  const spelled = spelledOut(bytes, byteDecoder())
  if (textOf(spelled) !== text) view.joined('other', 'model', spelled, { choice: 0 })
}

function textOf(pieces: readonly Located<string>[]): string {
  return pieces.map(({ value }) => value).join('')
}

/** Segments follow one another, so their joined text is inspected too. */
function readSegment(view: ViewBuilder, segment: JsonObject, at: JsonPointer): void {
  const said = asString(segment['text']) ?? ''
  view.text('transcript', 'model', { pointer: member(at, 'text') }, said, { choice: 0, group: '/segments' })
  const speaker = asString(segment['speaker']) ?? ''
  view.text('other', 'model', { pointer: member(at, 'speaker') }, speaker, { choice: 0 })
}

/** The words of the text with their times. Without the signs between them they are the text again. */
function readWords(view: ViewBuilder, value: Json | undefined, text: string): void {
  const words: Located<string>[] = []
  for (const [index, word] of (asArray(value) ?? []).entries()) {
    const said = asString(asObject(word)?.['word'])
    if (said !== undefined) words.push({ value: said, place: { pointer: `/words/${index}/word` } })
  }
  if (words.length === 0) return
  view.copies.push({ choice: 0, place: { pointer: '/words' } })
  if (bare(words.map((word) => word.value).join('')) === bare(text)) return
  for (const { value: said, place } of words) {
    view.text('transcript', 'model', place, said, { choice: 0, group: '/words' })
  }
}

function bare(text: string): string {
  return text.replace(/[^\p{L}\p{N}]+/gu, '')
}
