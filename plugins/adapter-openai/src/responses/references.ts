import type { JsonPointer } from '@sluice/core'
import { isId } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

const REASONS = {
  response: 'an earlier response that lies with the provider',
  conversation: 'a conversation that lies with the provider',
  prompt: 'a prompt that lies with the provider',
  item: 'an item of a conversation that lies with the provider',
} as const

/** Content that the model is given and that the request only names: it is not seen here. */
export function refer(view: ViewBuilder, kind: keyof typeof REASONS, pointer: JsonPointer, id: string): void {
  const place = { pointer }
  view.references.push({ kind, id, place, use: 'input' })
  view.text('other', 'user', place, id)
  if (isId(id)) view.opaque.push({ place, content: kind, reason: REASONS[kind] })
}
