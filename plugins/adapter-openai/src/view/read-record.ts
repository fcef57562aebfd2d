import type { Body, BodyView, RequestTarget } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { ViewBuilder } from './view-builder.ts'

/** A request without a body. */
export function readNothing(): BodyView {
  return new ViewBuilder().view()
}

/** A request without a body for what the provider keeps under the `id` of its path. */
export function readOwnRecord(kind: string, { params }: RequestTarget): BodyView {
  const view = new ViewBuilder()
  const id = params.get('id')
  if (id !== undefined) {
    view.references.push({ kind, id, place: { query: 'path', pointer: '' }, use: 'record' })
  }
  return view.view()
}

/** A record the provider keeps (a model, a batch): its strings are inspected by the core; only an error has a name. */
export function readRecord(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  return view.view()
}
