import type { Body, BodyView } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { asText, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** A batch as the provider tells of it: it and the files it has written are the caller's from now on. */
export function readBatch(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const root = rootOf(body)
  if (root?.['object'] !== 'batch' || answer.status >= 300) return view.view()
  view.makes('batch', asText(root['id']))
  view.makes('file', asText(root['output_file_id']))
  view.makes('file', asText(root['error_file_id']))
  return view.view()
}
