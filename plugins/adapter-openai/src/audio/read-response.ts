import type { Body, BodyView, Ignore, Json, JsonObject, Located } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { readUsage } from '../choices/usage.ts'
import { asArray, asObject, asString, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { TRANSCRIPT_EVENTS } from './transcript-decoder.ts'
import { transcriptTokens } from './transcript-tokens.ts'

export const TRANSCRIPT_IGNORES: readonly Ignore[] = [
  { pointer: '/type', reason: 'the name of an event of the stream; any other value is named and inspected' },
  { pointer: '/logprobs/*/token', reason: 'read joined, and inspected where it differs from the text it repeats' },
  { pointer: '/words/*/word', reason: 'read joined, and inspected where it differs from the text it repeats' },
]

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
  const type = asString(root['type'])
  if (type !== undefined && !TRANSCRIPT_EVENTS.has(type)) {
    view.text('other', 'model', { pointer: '/type' }, type, { choice: 0 })
  }
  const text = asString(root['text']) ?? ''
  view.text('transcript', 'model', { pointer: '/text' }, text, { choice: 0 })
  for (const [index, segment] of (asArray(root['segments']) ?? []).entries()) {
    const said = asString(asObject(segment)?.['text'])
    // Segments follow one another, so their joined text is inspected too.
    const details = { choice: 0, group: '/segments' }
    if (said !== undefined) view.text('transcript', 'model', { pointer: `/segments/${index}/text` }, said, details)
  }
  readWords(view, root['words'], text)
  const tokens = transcriptTokens(root['logprobs'])
  if (tokens.length === 0) return
  view.copies.push({ choice: 0, place: { pointer: '/logprobs' } })
  if (tokens.map((token) => token.value).join('') !== text) view.joined('other', 'model', tokens, { choice: 0 })
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
