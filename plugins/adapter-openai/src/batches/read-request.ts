import type { Body, BodyView, KnownFields, Place } from '@sluice/core'
import { readKeptId } from '../content/read-reference.ts'
import { asString, asText, rootOf } from '../json/read.ts'
import { namedOnly } from '../view/common-fields.ts'
import { ViewBuilder } from '../view/view-builder.ts'

export const BATCH_FIELDS: KnownFields = {
  '/model': ['string', 'null'],
  '/input_file_id': ['string'],
  '/endpoint': ['string'],
  '/completion_window': ['string'],
  ...namedOnly(['/metadata', '/output_expires_after/anchor', '/output_expires_after/seconds']),
}

/** The prompts and the models of a batch stand in a file that lies with the provider: it was read when it was uploaded. */
export function readBatchRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  view.model({ pointer: '/model' }, asText(root['model']))
  const file = asString(root['input_file_id'])
  if (file !== undefined) {
    const place: Place = { pointer: '/input_file_id' }
    readKeptId(view, { kind: 'user', trust: 'user' }, place, file, 'file', 'requests')
  }
  return view.view()
}
