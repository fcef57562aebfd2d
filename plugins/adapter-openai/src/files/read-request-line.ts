import type { Body, BodyView, Ignore, KnownFields } from '@sluice/core'
import { asObject, asText, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** A line of a batch's input: one request. */
export const REQUEST_LINE_FIELDS: KnownFields = {
  '/custom_id': ['string'],
  '/method': ['string'],
  '/url': ['string'],
  '/body': ['object'],
}

const NO_TEXT = 'a request of a method and path that no operation has is refused'

/** What is passed by of a line beside its request. */
export const REQUEST_LINE_IGNORES: readonly Ignore[] = [
  { pointer: '/method', reason: NO_TEXT },
  { pointer: '/url', reason: NO_TEXT },
]

/** The request of a line. Its path is as it would be sent alone. */
export function readRequestLine(line: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(line)
  const id = asText(root?.['custom_id'])
  const method = asText(root?.['method'])
  const path = asText(root?.['url'])
  if (id !== undefined && method !== undefined && path !== undefined && asObject(root?.['body']) !== undefined) {
    view.nested.push({ id, method, path, place: { pointer: '/body' } })
  }
  return view.view()
}
