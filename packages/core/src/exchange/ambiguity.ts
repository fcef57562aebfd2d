import { repeatedNames } from '../multipart/read.ts'
import type { Body } from '../protocol/body.ts'
import type { BodyView } from '../protocol/view.ts'
import { repeatedTool } from '../tools/filter.ts'
import { Refused } from './refusals.ts'
import type { ReadyApp } from './settings.ts'

/** What of a request could be taken two ways, or could not be read although a rule could act on it. */
export function ambiguity({ couldAct }: ReadyApp, body: Body, view: BodyView): Refused | undefined {
  if (repeatedTool(view) !== undefined) return new Refused('SLUICE_TOOL_DUPLICATE')
  if (body.type === 'form') {
    const [twice] = repeatedNames(body.parts)
    if (twice !== undefined) return new Refused('SLUICE_BODY_MALFORMED', 'A field of the form is sent twice.')
  }
  if (couldAct.INGRESS && view.opaque.some(({ content }) => content === 'tokens')) {
    return new Refused('SLUICE_OPAQUE_INPUT')
  }
  return undefined
}
