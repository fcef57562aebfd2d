import type { BodyView, Edit, Json, JsonBody, JsonObject, JsonPointer, ServerMessage } from '@sluice/core'
import { transcriptTokens } from '../audio/transcript-tokens.ts'
import { errorOf } from '../choices/read-error.ts'
import { byteDecoder, spelledOut } from '../choices/token-bytes.ts'
import { readUsage } from '../choices/usage.ts'
import { asObject, asString, elementsOf, member, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import type { CallNames } from './call-names.ts'
import { readDelta, responseOf, speechOf } from './read-delta.ts'
import { callOf, type ItemReading, nameOdd, readItem, readPart } from './read-item.ts'
import { readSettings } from './read-settings.ts'
import { oddServerWords } from './words.ts'

/** An event of the server's: a piece of a text, or whole. */
export function readServer(body: JsonBody, calls: CallNames): ServerMessage {
  const root = rootOf(body)
  if (!root) return { type: 'whole', view: new ViewBuilder().view() }
  return readDelta(root, calls) ?? readWhole(root, calls)
}

function readWhole(root: JsonObject, calls: CallNames): ServerMessage {
  const view = readEvent(root, calls)
  const type = asString(root['type'])
  const response = asObject(root['response'])
  if (type === 'response.done') {
    const of = responseOf({ response_id: response?.['id'] ?? null })
    const answered = response?.['status'] === 'completed'
    return { type: 'whole', view, ends: { of, answered }, emptied: emptied(response) }
  }
  const isSpeech = type?.startsWith('conversation.item.input_audio_transcription.') === true
  return isSpeech ? { type: 'whole', view, ends: { of: speechOf(root), answered: false } } : { type: 'whole', view }
}

function readEvent(root: JsonObject, calls: CallNames): BodyView {
  const view = new ViewBuilder()
  const reading: ItemReading = { view, calls, odd: oddServerWords, oddTrust: 'model', role: 'assistant' }
  nameOdd(reading, root, '')
  readSaid(reading, root)
  const error = errorOf(root)
  if (error) {
    view.upstreamError = error.message
    view.text('error', 'external', { pointer: error.pointer }, error.message)
  }
  const item = asObject(root['item'])
  if (item) readItem(reading, item, '/item')
  const part = asObject(root['part'])
  if (part) readPart(reading, part, '/part', { kind: 'assistant', trust: 'model' }, '/part')
  for (const name of ['session', 'conversation']) {
    const object = asObject(root[name])
    if (!object) continue
    nameOdd(reading, object, member('', name))
    if (name === 'session') readSettings(view, object, '/session')
  }
  const response = asObject(root['response'])
  if (response) readResponse(reading, response)
  view.usage ??= readUsage(root['usage'])
  return view.view()
}

function readResponse(reading: ItemReading, response: JsonObject): void {
  nameOdd(reading, response, '/response')
  for (const [index, item] of elementsOf(response['output']).entries()) {
    const object = asObject(item)
    if (object) readItem(reading, object, `/response/output/${index}`)
  }
  reading.view.usage = readUsage(response['usage'])
}

/** The texts of events that end a piece of a response: what the deltas before them have said. */
function readSaid({ view, calls }: ItemReading, root: JsonObject): void {
  const type = asString(root['type']) ?? ''
  const isUsers = type.startsWith('conversation.item.input_audio_transcription.')
  const transcript = asString(root['transcript']) ?? ''
  view.text('transcript', isUsers ? 'user' : 'model', { pointer: '/transcript' }, transcript)
  view.text('assistant', 'model', { pointer: '/text' }, asString(root['text']) ?? '')
  readTokens(view, root['logprobs'], transcript)
  const given = asString(root['arguments'])
  if (given === undefined || given === '') return
  const known = calls.ofItem(asString(root['item_id']) ?? '')
  const name = asString(root['name']) ?? known?.name ?? ''
  const callId = asString(root['call_id']) ?? known?.callId ?? ''
  const tool = { name, ...(callId !== '' && { callId }) }
  view.text('tool-name', 'model', { pointer: '/name' }, asString(root['name']) ?? '', { tool })
  view.text('tool-arguments', 'model', { pointer: '/arguments' }, given, { tool })
  // The calls of hosted tools are run by the provider.
  if (!type.startsWith('response.mcp_')) view.toolCalls.push(callOf(callId, name, given, ''))
}

/** The tokens say the transcript again. They go where it is edited, and are inspected where they say something else. */
function readTokens(view: ViewBuilder, logprobs: Json | undefined, transcript: string): void {
  const { pieces, bytes } = transcriptTokens(logprobs)
  if (pieces.length === 0 && bytes.length === 0) return
  view.copies.push({ choice: 0, place: { pointer: '/logprobs' } })
  for (const copy of [pieces, spelledOut(bytes, byteDecoder())]) {
    if (copy.map(({ value }) => value).join('') !== transcript) view.joined('other', 'user', copy)
  }
}

/** A client waits for the end of a response: blocked, it is given without what was said, as the content filter leaves it. */
function emptied(response: JsonObject | undefined): readonly Edit[] {
  const replacements: readonly (readonly [string, Json])[] = [
    ['output', []],
    ['status', 'incomplete'],
    ['status_details', { type: 'incomplete', reason: 'content_filter' }],
    ['metadata', null],
  ]
  return replacements
    .filter(([name]) => response !== undefined && Object.hasOwn(response, name))
    .map(([name, value]) => {
      const pointer: JsonPointer = `/response/${name}`
      return { type: 'replace', place: { pointer }, json: JSON.stringify(value) }
    })
}
