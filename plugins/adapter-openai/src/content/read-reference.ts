import type { Place, Reference } from '@sluice/core'
import { isId } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import { type EncodedContent, readBase64, readDataUrl, readLooseDataUrl } from './encoded-text.ts'
import type { Voice } from './voice.ts'

export type OpaqueKind = 'image' | 'audio' | 'video' | 'file' | 'sealed'

/** Content that is carried as a data URL, or that the provider fetches: whatever else stands there it takes for an address. */
export function readReference(view: ViewBuilder, voice: Voice, place: Place, value: string, kind: OpaqueKind): void {
  if (isDataUrl(value)) readEncoded(view, voice, place, value, kind, readDataUrl(value))
  else readAddress(view, voice, place, value, kind)
}

/** Content that is base64, with or without the head of a data URL. Some servers take an address there too. */
export function readBytes(view: ViewBuilder, voice: Voice, place: Place, value: string, kind: OpaqueKind): void {
  if (isDataUrl(value)) readEncoded(view, voice, place, value, kind, readDataUrl(value))
  else if (ADDRESS.test(value)) readAddress(view, voice, place, value, kind)
  else readEncoded(view, voice, place, value, kind, readBase64(value, ''))
}

/** Content that lies with the provider under an id. What stands there is not seen. */
export function readKeptId(
  view: ViewBuilder,
  voice: Voice,
  place: Place,
  id: string,
  kind: 'file' | 'container' = 'file',
  use: Reference['use'] = 'input',
): void {
  view.references.push({ kind, id, place, use })
  view.text('other', voice.trust, place, id, voice.details)
  if (isId(id)) view.opaque.push({ place, content: 'file', reason: 'a file that lies with the provider' })
}

/** An address is text; what lies behind it is not seen. The core refuses those that lead into somebody's own network. */
function readAddress(view: ViewBuilder, voice: Voice, place: Place, value: string, kind: OpaqueKind): void {
  if (value === '') return
  view.fetched.push({ value, place })
  view.text('other', voice.trust, place, value, voice.details)
  view.opaque.push({ place, content: kind, reason: 'what lies behind a URL is not read' })
}

function isDataUrl(value: string): boolean {
  return /^data:/i.test(value)
}

/** No base64 has a colon. */
const ADDRESS = /^\s*[a-z][a-z0-9+.-]*:/i

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
    const loose = isDataUrl(value) ? readLooseDataUrl(value) : content
    if (loose.type !== 'plain') readEncoded(view, voice, place, value, kind, loose)
  } else {
    // The place is the whole encoded string: offsets in this text are not offsets there, so it can be judged and
    // blocked but not cut.
    view.text(voice.kind, voice.trust, place, content.text, { ...voice.details, decoded: true })
  }
}

const REASONS: Readonly<Record<OpaqueKind, string>> = {
  image: 'the pixels of an image are not read',
  audio: 'the sound of a recording is not read',
  video: 'the pictures of a video are not read',
  file: 'a file that is not text is not read',
  sealed: 'only the provider can open what it has encrypted',
}
