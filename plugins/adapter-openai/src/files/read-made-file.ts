import type { Body, BodyView } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { asText, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** What the provider says of a file that it has taken: it is the caller's from now on. */
export function readMadeFile(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const root = rootOf(body)
  if (root?.['object'] === 'file' && answer.status < 300) view.makes('file', asText(root['id']))
  return view.view()
}
