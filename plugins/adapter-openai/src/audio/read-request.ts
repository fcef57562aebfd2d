import type { Body, BodyView, FormPart, KnownFields, Place } from '@sluice/core'
import { readBytes } from '../content/read-reference.ts'
import { namedOnly } from '../view/common-fields.ts'
import { ViewBuilder } from '../view/view-builder.ts'

/** Names of the form's fields; what they hold is text or a file. */
export const AUDIO_FIELDS: KnownFields = namedOnly([
  '/file',
  '/model',
  '/prompt',
  '/language',
  '/languages[]',
  '/keywords[]',
  '/response_format',
  '/temperature',
  '/stream',
  '/include[]',
  '/timestamp_granularities[]',
  '/chunking_strategy',
  '/chunking_strategy[type]',
  '/chunking_strategy[prefix_padding_ms]',
  '/chunking_strategy[silence_duration_ms]',
  '/chunking_strategy[threshold]',
  '/known_speaker_names[]',
  '/known_speaker_references[]',
])

/** The form of transcriptions and translations. Text fields not named here are inspected by the core. */
export function readAudioRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  if (body.type !== 'form') return view.view()
  for (const [index, part] of body.parts.entries()) readPart(view, part, { part: index, pointer: '' })
  return view.view()
}

function readPart(view: ViewBuilder, part: FormPart, place: Place): void {
  if (part.text === undefined) {
    const isAudio = part.name === 'file'
    const reason = isAudio ? 'the sound of a recording is not read' : 'an uploaded file is not read'
    view.opaque.push({ place, content: isAudio ? 'audio' : 'file', reason })
    return
  }
  switch (part.name) {
    case 'model':
      view.model(place, part.text)
      break
    case 'prompt':
      view.text('instruction', 'user', place, part.text)
      break
    case 'stream':
      view.stream ||= part.text === 'true'
      break
    case 'known_speaker_references[]':
    case 'known_speaker_references':
      // Samples of voices, as data URLs.
      readBytes(view, { kind: 'user', trust: 'user' }, place, part.text, 'audio')
      break
  }
}
