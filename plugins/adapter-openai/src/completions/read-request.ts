import type { Body, BodyView, KnownFields } from '@sluice/core'
import type { Voice } from '../content/voice.ts'
import { readTokenInput } from '../inputs/token-input.ts'
import { asString, rootOf } from '../json/read.ts'
import { answersAsked, inputsIn } from '../view/answers-asked.ts'
import { COMMON_FIELDS, namedOnly, SAMPLING_FIELDS } from '../view/common-fields.ts'
import { readCaller } from '../view/read-caller.ts'
import { ViewBuilder } from '../view/view-builder.ts'

export const COMPLETION_FIELDS: KnownFields = {
  ...COMMON_FIELDS,
  ...SAMPLING_FIELDS,
  '/model': ['string'],
  '/prompt': ['string', 'array', 'null'],
  '/prompt/*': ['string', 'number', 'array'],
  '/prompt/*/*': ['number'],
  '/suffix': ['string', 'null'],
  ...namedOnly(['/best_of', '/echo']),
}

const USER: Voice = { kind: 'user', trust: 'user' }

export function readCompletionRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  readCaller(view, root)
  readTokenInput(view, USER, root['prompt'], '/prompt', '/prompt')
  view.text('user', 'user', { pointer: '/suffix' }, asString(root['suffix']) ?? '')
  view.weight = inputsIn(root['prompt']) * answersAsked(root)
  return view.view()
}
