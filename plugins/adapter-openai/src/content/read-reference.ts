import type { Place } from '@sluice/core'
import { isId } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import { type EncodedContent, readBase64, readDataUrl } from './encoded-text.ts'
import type { Voice } from './voice.ts'

export type OpaqueKind = 'image' | 'audio' | 'file' | 'sealed'

/** Content that is carried as a URL, as a data URL or as bare base64. */
export function readReference(view: ViewBuilder, voice: Voice, place: Place, value: string, kind: OpaqueKind): void {
  const isDataUrl = /^data:/i.test(value)
  readEncoded(view, voice, place, value, kind, isDataUrl ? readDataUrl(value) : { type: 'plain' })
}

/** Content that is base64, with or without the head of a data URL. */
export function readBytes(view: ViewBuilder, voice: Voice, place: Place, value: string, kind: OpaqueKind): void {
  const isDataUrl = /^data:/i.test(value)
  readEncoded(view, voice, place, value, kind, isDataUrl ? readDataUrl(value) : readBase64(value, ''))
}

/** Content that lies with the provider under an id. What stands there is not seen. */
export function readFileId(view: ViewBuilder, voice: Voice, place: Place, id: string): void {
  view.text('other', voice.trust, place, id, voice.details)
  if (isId(id)) view.opaque.push({ place, content: 'file', reason: 'a file that lies with the provider' })
}

function readEncoded(
  view: ViewBuilder,
  voice: Voice,
  place: Place,
  value: string,
  kind: OpaqueKind,
  content: EncodedContent,
): void {
  if (content.type === 'opaque') {
    view.opaque.push({ place, content: kind, reason: REASONS[kind] })
  } else if (content.type === 'plain') {
    view.text('other', voice.trust, place, value, voice.details)
  } else {
    // The place is the whole encoded string: offsets in this text are not offsets there, so it can be judged and
    // blocked but not cut.
    view.text(voice.kind, voice.trust, place, content.text, { ...voice.details, decoded: true })
  }
}

const REASONS: Readonly<Record<OpaqueKind, string>> = {
  image: 'the pixels of an image are not read',
  audio: 'the sound of a recording is not read',
  file: 'a file that is not text is not read',
  sealed: 'only the provider can open what it has encrypted',
}
