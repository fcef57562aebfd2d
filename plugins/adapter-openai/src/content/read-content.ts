import type { Json, JsonObject, JsonPointer } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, member } from '../json/read.ts'
import { PART_TYPES } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import { readBase64 } from './encoded-text.ts'
import { type OpaqueKind, readBytes, readKeptId, readReference } from './read-reference.ts'
import type { Voice } from './voice.ts'

/**
 * Content as chat and moderation take it: a string or a list of parts. Parts are read by the members they have, not by
 * the type they claim. `group` names the text parts that the provider joins. Returns the text that was read.
 */
export function readContent(
  view: ViewBuilder,
  voice: Voice,
  content: Json | undefined,
  at: JsonPointer,
  group: string,
): string {
  if (typeof content === 'string') {
    view.text(voice.kind, voice.trust, { pointer: at }, content, voice.details)
    return content
  }
  const grouped: Voice = { ...voice, details: { ...voice.details, group } }
  let text = ''
  for (const [index, part] of (asArray(content) ?? []).entries()) {
    const pointer = member(at, index)
    if (typeof part === 'string') {
      view.text(voice.kind, voice.trust, { pointer }, part, grouped.details)
      text += part
      continue
    }
    const object = asObject(part)
    if (object) text += readPart(view, grouped, voice, object, pointer)
  }
  return text
}

function readPart(view: ViewBuilder, grouped: Voice, voice: Voice, part: JsonObject, at: JsonPointer): string {
  const type = asString(part['type'])
  if (type !== undefined && !PART_TYPES.has(type)) {
    view.text('other', voice.trust, { pointer: member(at, 'type') }, type)
  }
  const text = asString(part['text']) ?? ''
  view.text(voice.kind, voice.trust, { pointer: member(at, 'text') }, text, grouped.details)
  const refusal = asString(part['refusal'])
  if (refusal !== undefined) view.text('refusal', 'model', { pointer: member(at, 'refusal') }, refusal, voice.details)
  for (const [name, kind] of ADDRESSES) readAddressed(view, voice, part[name], member(at, name), kind)
  for (const [name, kind] of EMBEDS) readEmbeds(view, part[name], member(at, name), kind)
  const audio = asObject(part['input_audio'])
  const sound = asString(audio?.['data'])
  if (sound !== undefined) readBytes(view, voice, { pointer: `${at}/input_audio/data` }, sound, 'audio')
  const file = asObject(part['file'])
  if (file) readFile(view, voice, file, member(at, 'file'))
  return text
}

/** Members that hold an address or a data URL, or an object with one: the provider's own, and those of other servers. */
const ADDRESSES = [
  ['image_url', 'image'],
  ['video_url', 'video'],
  ['audio_url', 'audio'],
  ['file_url', 'file'],
  ['document_url', 'file'],
] as const

/** What vLLM takes in place of pictures and sounds: tensors, as base64. */
const EMBEDS = [
  ['image_embeds', 'image'],
  ['audio_embeds', 'audio'],
] as const

function readEmbeds(view: ViewBuilder, value: Json | undefined, at: JsonPointer, content: OpaqueKind): void {
  for (const { pointer, text } of stringLeaves(value, at)) {
    if (readBase64(text, '').type !== 'opaque') continue
    view.opaque.push({ place: { pointer }, content, reason: 'embeddings are not read' })
  }
}

function readAddressed(
  view: ViewBuilder,
  voice: Voice,
  value: Json | undefined,
  at: JsonPointer,
  kind: OpaqueKind,
): void {
  if (value === undefined) return
  if (typeof value === 'string') readReference(view, voice, { pointer: at }, value, kind)
  const url = asString(asObject(value)?.['url'])
  if (url !== undefined) readReference(view, voice, { pointer: member(at, 'url') }, url, kind)
}

function readFile(view: ViewBuilder, voice: Voice, file: JsonObject, at: JsonPointer): void {
  const name = asString(file['filename'])
  if (name !== undefined) view.text('other', voice.trust, { pointer: member(at, 'filename') }, name, voice.details)
  const bytes = asString(file['file_data'])
  if (bytes !== undefined) readBytes(view, voice, { pointer: member(at, 'file_data') }, bytes, 'file')
  const id = asString(file['file_id'])
  if (id !== undefined) readKeptId(view, voice, { pointer: member(at, 'file_id') }, id)
}
