import type { Body, BodyView, Ignore, KnownFields } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { readUsage } from '../choices/usage.ts'
import { asArray, asObject, asString, rootOf } from '../json/read.ts'
import { inputsIn } from '../view/answers-asked.ts'
import { COMMON_FIELDS, namedOnly } from '../view/common-fields.ts'
import { readCaller } from '../view/read-caller.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { readTokenInput } from './token-input.ts'

export const EMBEDDING_FIELDS: KnownFields = {
  ...COMMON_FIELDS,
  '/model': ['string'],
  '/input': ['string', 'array'],
  '/input/*': ['string', 'number', 'array'],
  '/input/*/*': ['number'],
  ...namedOnly(['/dimensions', '/encoding_format']),
}

export const EMBEDDING_RESPONSE_IGNORES: readonly Ignore[] = [
  { pointer: '/data/*/embedding', reason: 'a vector as base64; anything else there is named and inspected' },
]

export function readEmbeddingRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  readCaller(view, root)
  // The inputs of a list are embedded one by one, so nothing joins them.
  readTokenInput(view, { kind: 'embedding-input', trust: 'user' }, root['input'], '/input')
  view.weight = inputsIn(root['input'])
  return view.view()
}

export function readEmbeddingResponse(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  const root = rootOf(body)
  if (!root) return view.view()
  view.usage = readUsage(root['usage'])
  for (const [index, item] of (asArray(root['data']) ?? []).entries()) {
    const vector = asString(asObject(item)?.['embedding'])
    if (vector !== undefined && !isVector(vector)) {
      view.text('other', 'model', { pointer: `/data/${index}/embedding` }, vector)
    }
  }
  return view.view()
}

/** Base64 of 32-bit floats: a multiple of four bytes, and without a space. */
function isVector(text: string): boolean {
  return text.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(text)
}
