import {
  asObject,
  asString,
  type EncodedContent,
  type Json,
  type JsonObject,
  type JsonPointer,
  member,
  readBase64,
  readDataUrl,
  type ViewBuilder,
} from '@sluice/core'
import type { Scene } from './scene.ts'
import type { Voice } from './voice.ts'

export const FILE_REASON = 'a file that is not text is not read'
const IMAGE_REASON = 'the pixels of an image are not read'

/**
 * Where the content of an image or a document comes from: base64 in the body, plain text, blocks of its own, an address,
 * a file that lies with the provider. It is read by the members it has. Returns the text that was read.
 */
export function readSource(
  view: ViewBuilder,
  voice: Voice,
  source: JsonObject,
  at: JsonPointer,
  content: Scene['content'],
): string {
  let text = readBytes(view, voice, source, at)
  const url = asString(source['url'])
  if (url !== undefined) text += readUrl(view, voice, url, member(at, 'url'))
  const file = asString(source['file_id'])
  if (file !== undefined) readFileId(view, voice, file, member(at, 'file_id'))
  return text + content(view, voice, source['content'], member(at, 'content'))
}

/** Content that lies with the provider under an id. What stands there is not seen. */
export function readFileId(view: ViewBuilder, voice: Voice, id: string, pointer: JsonPointer): void {
  const place = { pointer }
  view.text('other', voice.trust, place, id, voice.details)
  view.opaque.push({ place, content: 'file', reason: 'a file that lies with the provider' })
  view.references.push({ kind: 'file', id, place, use: 'input' })
}

function readBytes(view: ViewBuilder, voice: Voice, source: JsonObject, at: JsonPointer): string {
  const given = asString(source['data'])
  if (given === undefined) return ''
  const pointer = member(at, 'data')
  const media = (asString(source['media_type']) ?? '').toLowerCase()
  // What is called text is text: that it could be read as base64 too says nothing.
  const content: EncodedContent = source['type'] === 'text' ? { type: 'plain' } : readBase64(given, media)
  if (source['type'] === 'text') view.text(voice.kind, voice.trust, { pointer }, given, voice.details)
  else return readEncoded(view, voice, content, given, pointer, media)
  return given
}

function readUrl(view: ViewBuilder, voice: Voice, url: string, pointer: JsonPointer): string {
  if (/^data:/i.test(url)) {
    const content = readDataUrl(url)
    return readEncoded(view, voice, content, url, pointer, content.type === 'opaque' ? content.media : '')
  }
  view.text('other', voice.trust, { pointer }, url, voice.details)
  if (url !== '') view.fetched.push({ value: url, place: { pointer } })
  return ''
}

function readEncoded(
  view: ViewBuilder,
  voice: Voice,
  content: EncodedContent,
  given: string,
  pointer: JsonPointer,
  media: string,
): string {
  const place = { pointer }
  if (content.type === 'opaque') {
    const isImage = media.startsWith('image/')
    view.opaque.push({ place, content: isImage ? 'image' : 'file', reason: isImage ? IMAGE_REASON : FILE_REASON })
    return ''
  }
  if (content.type === 'plain') {
    view.text('other', voice.trust, place, given, voice.details)
    return given
  }
  // The place is the whole encoded string: offsets in this text are not offsets there, so it can be judged and blocked
  // but not cut.
  view.text(voice.kind, voice.trust, place, content.text, { ...voice.details, decoded: true })
  return content.text
}

/** The source of a block, where it is one. A search result has its source's name there instead. */
export function sourceOf(block: JsonObject): JsonObject | undefined {
  const source: Json | undefined = block['source']
  return asObject(source)
}
