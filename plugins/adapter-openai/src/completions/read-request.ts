import type { Body, BodyView, Json, KnownFields } from '@sluice/core'
import { readBase64 } from '../content/encoded-text.ts'
import type { Voice } from '../content/voice.ts'
import { readTokenInput } from '../inputs/token-input.ts'
import { stringLeaves } from '../json/leaves.ts'
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
  '/prompt_embeds': ['string', 'array', 'null'],
  '/prompt_embeds/*': ['string'],
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
  readPromptEmbeds(view, root['prompt_embeds'])
  view.text('user', 'user', { pointer: '/suffix' }, asString(root['suffix']) ?? '')
  view.weight = inputsIn(root['prompt']) * answersAsked(root)
  return view.view()
}

/** What vLLM takes in place of a prompt: tensors, as base64, that stand for words as token numbers do. */
function readPromptEmbeds(view: ViewBuilder, value: Json | undefined): void {
  for (const { pointer, text } of stringLeaves(value, '/prompt_embeds')) {
    // What is no tensor is inspected besides.
    if (readBase64(text, '').type !== 'opaque') view.text('user', 'user', { pointer }, text)
    view.opaque.push({ place: { pointer }, content: 'tokens', reason: 'embeddings of a prompt are not read as text' })
  }
}
