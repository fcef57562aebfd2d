import { asObject, type Body, type BodyView, type Json, type Place, ViewBuilder } from '@sluice/core'
import { readMessage } from '../answers/read-answer.ts'
import { readError } from '../answers/read-error.ts'
import { messageWords } from '../answers/words.ts'
import { ClosedWords } from '../words/closed-words.ts'

export const RESULT_WORDS: ClosedWords = new ClosedWords(messageWords('/result/message'))

/** The answers of a batch, one a line. A batch of one is a body of one line. */
export function readBatchResults(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  if (body.type === 'json') readLine(view, body.text, body.value, {})
  if (body.type === 'lines')
    for (const [line, { text, value }] of body.lines.entries()) readLine(view, text, value, { line })
  return view.view()
}

/** Its choices are numbered by line, so that what is said in one answer is not taken for another's. */
function readLine(view: ViewBuilder, text: string, value: Json, where: Pick<Place, 'line'>): void {
  const message = asObject(asObject(asObject(value)?.['result'])?.['message'])
  if (!message) return
  const one = new ViewBuilder()
  for (const odd of RESULT_WORDS.odd(value)) one.text('other', 'model', { pointer: odd.pointer }, odd.text)
  readMessage(one, { type: 'json', text, value }, message, '/result/message')
  const choice = where.line ?? 0
  const there = (place: Place): Place => ({ ...place, ...where })
  for (const found of one.texts) {
    const sources = found.sources.map(({ place, start }) => ({ place: there(place), start }))
    view.texts.push({ ...found, choice, sources })
  }
  for (const { value: model, place } of one.models) view.model(there(place), model)
  // Which tools its request was given is not known here: the calls are texts, and no more. The tools were judged then.
  for (const content of one.opaque) view.opaque.push({ ...content, place: there(content.place) })
  for (const { finish } of one.finishes) view.finishes.push({ choice, finish })
  view.made.push(...one.made)
}
