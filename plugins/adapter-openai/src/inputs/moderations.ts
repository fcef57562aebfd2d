import type { Body, BodyView, Ignore, KnownFields } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { readContent } from '../content/read-content.ts'
import type { Voice } from '../content/voice.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, rootOf } from '../json/read.ts'
import { inputsIn } from '../view/answers-asked.ts'
import { INPUT_TYPES } from '../view/closed-words.ts'
import { addressed, COMMON_FIELDS } from '../view/common-fields.ts'
import { readCaller } from '../view/read-caller.ts'
import { ViewBuilder } from '../view/view-builder.ts'

export const MODERATION_FIELDS: KnownFields = {
  ...COMMON_FIELDS,
  '/model': ['string', 'null'],
  '/input': ['string', 'array'],
  '/input/*': ['string', 'object'],
  '/input/*/type': ['string'],
  '/input/*/text': ['string', 'null'],
  ...addressed('/input/*/image_url'),
}

const CLOSED = 'one of a closed set of words; any other value is named and inspected'

export const MODERATION_IGNORES: readonly Ignore[] = [{ pointer: '/input/*/type', reason: CLOSED }]

export const MODERATION_RESPONSE_IGNORES: readonly Ignore[] = [
  { pointer: '/results/*/category_applied_input_types/*/*', reason: CLOSED },
]

const INPUT: Voice = { kind: 'moderation-input', trust: 'user' }

export function readModerationRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  readCaller(view, root)
  // Parts are judged as one input; the strings of a list would be judged one by one, and lose nothing by being joined.
  readContent(view, INPUT, root['input'], '/input', '/input')
  view.weight = inputsIn(root['input'])
  return view.view()
}

export function readModerationResponse(body: Body, answer: { readonly status: number }): BodyView {
  const view = new ViewBuilder()
  readError(view, body, answer.status)
  for (const [index, result] of (asArray(rootOf(body)?.['results']) ?? []).entries()) {
    const types = asObject(result)?.['category_applied_input_types']
    for (const leaf of stringLeaves(types, `/results/${index}/category_applied_input_types`)) {
      if (!INPUT_TYPES.has(leaf.text)) view.text('other', 'model', { pointer: leaf.pointer }, leaf.text)
    }
  }
  return view.view()
}
