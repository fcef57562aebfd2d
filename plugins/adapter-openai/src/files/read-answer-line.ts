import type { Body, BodyView, JsonObject } from '@sluice/core'
import { asObject, asText, elementsOf, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** What an answer says that it is, and the path of the request that it answers. */
const PATHS: ReadonlyMap<string, string> = new Map([
  ['chat.completion', '/v1/chat/completions'],
  ['text_completion', '/v1/completions'],
  ['response', '/v1/responses'],
])

/** A line of a batch's output, `{custom_id, response: {status_code, body}, error}`: the answer is read as what it says it is. */
export function readAnswerLine(line: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(line)
  const body = asObject(asObject(root?.['response'])?.['body'])
  const path = body === undefined ? undefined : pathOf(body)
  if (path !== undefined) {
    const id = asText(root?.['custom_id']) ?? ''
    view.nested.push({ id, method: 'POST', path, place: { pointer: '/response/body' } })
  }
  return view.view()
}

function pathOf(body: JsonObject): string | undefined {
  const known = PATHS.get(asText(body['object']) ?? '')
  if (known !== undefined) return known
  const [first] = elementsOf(body['data'])
  if (asObject(first)?.['object'] === 'embedding') return '/v1/embeddings'
  return Array.isArray(body['results']) ? '/v1/moderations' : undefined
}
