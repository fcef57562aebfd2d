import {
  asObject,
  asString,
  asText,
  type Body,
  type BodyView,
  elementsOf,
  type KnownFields,
  rootOf,
  ViewBuilder,
} from '@sluice/core'
import { MESSAGE_FIELDS } from '../messages/fields.ts'
import { requestWords } from '../messages/words.ts'
import { ClosedWords } from '../words/closed-words.ts'

const PARAMS = '/requests/*/params'

export const BATCH_FIELDS: KnownFields = {
  '/requests': ['array'],
  '/requests/*': ['object'],
  '/requests/*/custom_id': ['string'],
  [PARAMS]: ['object'],
  ...Object.fromEntries(Object.entries(MESSAGE_FIELDS).map(([pointer, types]) => [`${PARAMS}${pointer}`, types])),
}

export const BATCH_WORDS: ClosedWords = new ClosedWords(requestWords(PARAMS))

/** Each request of a batch is judged as if it had been sent alone; of the whole, only the models are named once more. */
export function readBatchRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  for (const { pointer, text } of BATCH_WORDS.odd(root)) view.text('other', 'user', { pointer }, text)
  for (const [index, item] of elementsOf(root['requests']).entries()) {
    const request = asObject(item)
    const params = asObject(request?.['params'])
    if (!request || !params) continue
    const pointer = `/requests/${index}/params` as const
    const id = asString(request['custom_id']) ?? ''
    view.nested.push({ id, method: 'POST', path: '/v1/messages', place: { pointer } })
    view.model({ pointer: `${pointer}/model` }, asText(params['model']))
  }
  view.weight = Math.max(1, view.nested.length)
  return view.view()
}
