import { asObject, asText, type BodyView, type JsonBody, rootOf, ViewBuilder } from '@sluice/core'

/** A line of a batch's results, `{custom_id, result: {type, message | error}}`: the message answers one request. */
export function readResultLine(line: JsonBody): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(line)
  if (asObject(asObject(root?.['result'])?.['message'])) {
    const id = asText(root?.['custom_id']) ?? ''
    view.nested.push({ id, method: 'POST', path: '/v1/messages', place: { pointer: '/result/message' } })
  }
  return view.view()
}
