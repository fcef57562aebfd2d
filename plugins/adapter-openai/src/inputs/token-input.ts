import type { Json, JsonPointer } from '@sluice/core'
import type { Voice } from '../content/voice.ts'
import { asArray, member } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

const REASON = 'token numbers are not read as text'

/**
 * Input that is a string, a list of strings, a list of token numbers, or a list of such lists. `group` names the
 * strings of a list that the provider joins.
 */
export function readTokenInput(
  view: ViewBuilder,
  voice: Voice,
  input: Json | undefined,
  at: JsonPointer,
  group?: string,
): void {
  if (typeof input === 'string') view.text(voice.kind, voice.trust, { pointer: at }, input)
  const list = asArray(input)
  if (!list) return
  if (list.some((item) => typeof item === 'number')) {
    view.opaque.push({ place: { pointer: at }, content: 'tokens', reason: REASON })
  }
  const details = group === undefined ? undefined : { group }
  for (const [index, item] of list.entries()) {
    const place = { pointer: member(at, index) }
    if (typeof item === 'string') view.text(voice.kind, voice.trust, place, item, details)
    if (Array.isArray(item)) view.opaque.push({ place, content: 'tokens', reason: REASON })
  }
}
