import { asText, type Body, type BodyView, rootOf, ViewBuilder } from '@sluice/core'
import { readError } from '../answers/read-error.ts'

/** The record of a batch that was made. */
export function readBatchCreated(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const id = answer.status < 300 ? asText(rootOf(body)?.['id']) : undefined
  if (id !== undefined) view.made.push({ kind: 'batch', id })
  return view.view()
}
