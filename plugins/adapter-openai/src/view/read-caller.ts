import type { JsonObject, JsonPointer } from '@sluice/core'
import { asText, elementsOf, member } from '../json/read.ts'
import type { ViewBuilder } from './view-builder.ts'

/** What every JSON request of the API may say: which models, whether it streams, and who is calling. */
export function readCaller(view: ViewBuilder, root: JsonObject): void {
  view.model({ pointer: '/model' }, asText(root['model']))
  // Fallbacks that routers in front of several providers take.
  for (const [index, model] of elementsOf(root['models']).entries()) {
    view.model({ pointer: member('/models', index) }, asText(model))
  }
  view.stream = root['stream'] === true
  for (const name of ['safety_identifier', 'user']) {
    const value = asText(root[name])
    if (value === undefined) continue
    view.claimedActor = { value, place: { pointer: member('', name) } }
    break
  }
  const conversation = asText(root['conversation'])
  if (conversation !== undefined) {
    const pointer: JsonPointer = '/conversation'
    view.conversation = { value: conversation, place: { pointer } }
  }
}
