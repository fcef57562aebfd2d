import { type Body, type BodyView, foldName, type KnownFields } from '@sluice/core'
import { namedOnly } from '../view/common-fields.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** Names of the form's fields; what they hold is text, or the file. */
export const UPLOAD_FIELDS: KnownFields = namedOnly([
  '/file',
  '/purpose',
  '/expires_after[anchor]',
  '/expires_after[seconds]',
])

/** Purposes for which the provider takes JSON Lines only. */
const LINE_PURPOSES: ReadonlySet<string> = new Set(['fine-tune', 'evals'])

/** The form of an upload. Its purpose, which may follow the file, says how the file is meant. */
export function readUpload(body: Body): BodyView {
  const view = new ViewBuilder()
  if (body.type !== 'form') return view.view()
  const field = body.parts.find(({ name }) => foldName(name) === 'purpose')
  // As a server reads it that is not strict.
  const purpose = field?.text?.trim().toLowerCase() ?? ''
  if (purpose === 'batch') view.file = 'requests'
  else if (LINE_PURPOSES.has(purpose)) view.file = 'lines'
  return view.view()
}
