import type { JsonObject, JsonPointer, Located, SegmentTrust } from '@sluice/core'
import { readBytes, readReference } from '../content/read-reference.ts'
import { type Voice, voiceOf } from '../content/voice.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asObject, asString, elementsOf, member, parseJson } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import type { CallNames } from './call-names.ts'

export interface ItemReading {
  readonly view: ViewBuilder
  readonly calls: CallNames
  /** Members that hold something other than the word expected there. */
  odd(object: JsonObject, at: JsonPointer): readonly Located<string>[]
  readonly oddTrust: SegmentTrust
  /** Who speaks where an item does not say. */
  readonly role: 'user' | 'assistant'
}

/** An item of a conversation, whoever sent it: read by the members it has, not by the type it claims. */
export function readItem(reading: ItemReading, item: JsonObject, at: JsonPointer): void {
  const { view, calls } = reading
  nameOdd(reading, item, at)
  const voice = voiceOf(asString(item['role']) ?? reading.role)
  for (const [index, part] of elementsOf(item['content']).entries()) {
    const object = asObject(part)
    if (object) readPart(reading, object, `${at}/content/${index}`, voice, at)
  }
  calls.note(item)
  readCalled(reading, item, at)
  for (const leaf of stringLeaves(item['tools'], member(at, 'tools'))) {
    view.text('tool-definition', 'external', { pointer: leaf.pointer }, leaf.text)
  }
  const failure = asString(asObject(item['error'])?.['message'])
  if (failure !== undefined) view.text('error', 'external', { pointer: `${at}/error/message` }, failure)
}

/** A part of a message: text, or sound with its transcript, or an image. */
export function readPart(
  reading: ItemReading,
  part: JsonObject,
  at: JsonPointer,
  voice: Voice,
  group: JsonPointer,
): void {
  const { view } = reading
  nameOdd(reading, part, at)
  const grouped = { ...voice.details, group }
  view.text(voice.kind, voice.trust, { pointer: member(at, 'text') }, asString(part['text']) ?? '', grouped)
  const transcript = asString(part['transcript'])
  if (transcript !== undefined) {
    view.text('transcript', voice.trust, { pointer: member(at, 'transcript') }, transcript, grouped)
  }
  const sound = asString(part['audio'])
  if (sound !== undefined) readBytes(view, voice, { pointer: member(at, 'audio') }, sound, 'audio')
  const image = asString(part['image_url'])
  if (image === undefined) return
  const place = { pointer: member(at, 'image_url') }
  readReference(view, voice, place, image, 'image')
  if (!/^data:/i.test(image)) view.fetched.push({ value: image, place })
}

/** A call, or what came of one. The calls of hosted tools (`mcp_call`) are run by the provider, not by the client. */
function readCalled({ view, calls }: ItemReading, item: JsonObject, at: JsonPointer): void {
  const callId = asString(item['call_id']) ?? ''
  const name = asString(item['name']) ?? calls.nameOf(callId)
  const tool = { name, ...(callId !== '' && { callId }) }
  const isHosted = asString(item['type'])?.startsWith('mcp_') === true
  view.text('tool-name', 'model', { pointer: member(at, 'name') }, asString(item['name']) ?? '', { tool })
  const given = asString(item['arguments'])
  if (given !== undefined && given !== '') {
    view.text('tool-arguments', 'model', { pointer: member(at, 'arguments') }, given, { tool })
    if (!isHosted) view.toolCalls.push(callOf(callId, name, given, at))
  }
  const output = asString(item['output'])
  if (output === undefined) return
  const place = { pointer: member(at, 'output') }
  view.text('tool-result', 'external', place, output, { tool })
  if (!isHosted) view.toolResults.push({ callId, text: output, place, ...(name !== '' && { name }) })
}

export function callOf(
  callId: string,
  name: string,
  given: string,
  pointer: JsonPointer,
): ViewBuilder['toolCalls'][number] {
  return { callId, name, choice: 0, input: parseJson(given), inputText: given, place: { pointer } }
}

export function nameOdd({ view, odd, oddTrust }: ItemReading, object: JsonObject, at: JsonPointer): void {
  for (const { value, place } of odd(object, at)) view.text('other', oddTrust, place, value)
}
