import {
  asObject,
  asText,
  elementsOf,
  type Json,
  type JsonObject,
  type JsonPointer,
  type ViewBuilder,
} from '@sluice/core'

/** Which models are asked, whether for a stream, who is calling, and what the provider keeps that the request goes on from. */
export function readCaller(view: ViewBuilder, root: JsonObject): void {
  view.model({ pointer: '/model' }, asText(root['model']))
  readFallbacks(view, root['fallbacks'])
  view.stream = root['stream'] === true
  const user = asText(asObject(root['metadata'])?.['user_id'])
  if (user !== undefined) view.claimedActor = { value: user, place: { pointer: '/metadata/user_id' } }
  readContainer(view, root['container'])
  const before = asText(asObject(root['thread'])?.['previous_message_id'])
  if (before === undefined) return
  const place = { pointer: '/thread/previous_message_id' } as const
  view.conversation = { value: before, place }
  view.references.push({ kind: 'message', id: before, place, use: 'input' })
  view.text('other', 'user', place, before)
  view.opaque.push({ place, content: 'conversation', reason: 'messages that lie with the provider' })
}

/** Models that answer where the first does not. Those the provider chooses by itself (`default`) have that name. */
function readFallbacks(view: ViewBuilder, fallbacks: Json | undefined): void {
  if (typeof fallbacks === 'string') view.model({ pointer: '/fallbacks' }, fallbacks)
  for (const [index, fallback] of elementsOf(fallbacks).entries()) {
    view.model({ pointer: `/fallbacks/${index}/model` }, asText(asObject(fallback)?.['model']))
  }
}

/** A sandbox with the files and skills in it, by its id alone or with what shall be put into it. */
function readContainer(view: ViewBuilder, container: Json | undefined): void {
  refer(view, 'container', container, '/container')
  refer(view, 'container', asObject(container)?.['id'], '/container/id')
  for (const [index, item] of elementsOf(asObject(container)?.['skills']).entries()) {
    const skill = asObject(item)
    // The provider's own skills are nobody's.
    if (skill && skill['type'] !== 'anthropic') {
      refer(view, 'skill', skill['skill_id'], `/container/skills/${index}/skill_id`)
    }
  }
}

function refer(view: ViewBuilder, kind: string, value: Json | undefined, pointer: JsonPointer): void {
  const id = asText(value)
  if (id === undefined) return
  view.references.push({ kind, id, place: { pointer }, use: 'input' })
  view.text('other', 'user', { pointer }, id)
}
