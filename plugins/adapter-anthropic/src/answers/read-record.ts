import { type Body, type BodyView, ViewBuilder } from '@sluice/core'
import { readError } from './read-error.ts'

/** A record the provider keeps (a model, a batch): its strings are inspected by the core; only an error has a name. */
export function readRecord(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  return view.view()
}
