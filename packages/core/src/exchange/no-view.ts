import type { BodyView } from '../protocol/view.ts'

/** Of what has no parts that anybody names. */
export const noView: BodyView = {
  models: [],
  stream: false,
  texts: [],
  toolSets: [],
  toolCalls: [],
  toolResults: [],
  opaque: [],
  copies: [],
  finishes: [],
}
