import type { JsonObject, JsonPointer } from '@sluice/core'
import { readBytes, readKeptId, readReference } from '../content/read-reference.ts'
import type { Voice } from '../content/voice.ts'
import { asObject, asString, asText, member } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import { readTools } from './read-tools.ts'

/** What is set for a session, or for one response of it: in the API's present form, and in the one before. */
export function readSettings(view: ViewBuilder, settings: JsonObject, at: JsonPointer): void {
  view.model({ pointer: member(at, 'model') }, asText(settings['model']))
  const instructions = asString(settings['instructions']) ?? ''
  view.text('instruction', 'operator', { pointer: member(at, 'instructions') }, instructions)
  readTools(view, settings, at)
  const input = asObject(asObject(settings['audio'])?.['input'])
  readTranscription(view, asObject(input?.['transcription']), `${at}/audio/input/transcription`)
  readTranscription(view, asObject(settings['input_audio_transcription']), `${at}/input_audio_transcription`)
  const prompt = asObject(settings['prompt'])
  if (prompt) readPrompt(view, prompt, member(at, 'prompt'))
}

/** How speech is to be written down, by a model of its own. */
function readTranscription(view: ViewBuilder, transcription: JsonObject | undefined, at: JsonPointer): void {
  if (!transcription) return
  view.model({ pointer: member(at, 'model') }, asText(transcription['model']))
  view.text('instruction', 'operator', { pointer: member(at, 'prompt') }, asString(transcription['prompt']) ?? '')
}

const VARIABLE: Voice = { kind: 'instruction', trust: 'operator' }

/** A prompt that lies with the provider, and what is filled into it. */
function readPrompt(view: ViewBuilder, prompt: JsonObject, at: JsonPointer): void {
  const id = asText(prompt['id'])
  if (id !== undefined) {
    const place = { pointer: member(at, 'id') }
    view.text('other', 'operator', place, id)
    view.opaque.push({ place, content: 'prompt', reason: 'a prompt that lies with the provider' })
    view.references.push({ kind: 'prompt', id, place, use: 'input' })
  }
  const variables = asObject(prompt['variables'])
  for (const [name, value] of Object.entries(variables ?? {})) {
    const pointer = member(member(at, 'variables'), name)
    if (typeof value === 'string') view.text(VARIABLE.kind, VARIABLE.trust, { pointer }, value)
    const object = asObject(value)
    if (object) readVariable(view, object, pointer)
  }
}

function readVariable(view: ViewBuilder, variable: JsonObject, at: JsonPointer): void {
  view.text(VARIABLE.kind, VARIABLE.trust, { pointer: member(at, 'text') }, asString(variable['text']) ?? '')
  for (const name of ['image_url', 'file_url'] as const) {
    const url = asText(variable[name])
    if (url === undefined) continue
    const place = { pointer: member(at, name) }
    readReference(view, VARIABLE, place, url, name === 'image_url' ? 'image' : 'file')
    if (!/^data:/i.test(url)) view.fetched.push({ value: url, place })
  }
  const bytes = asText(variable['file_data'])
  if (bytes !== undefined) readBytes(view, VARIABLE, { pointer: member(at, 'file_data') }, bytes, 'file')
  const id = asText(variable['file_id'])
  if (id === undefined) return
  readKeptId(view, VARIABLE, { pointer: member(at, 'file_id') }, id)
}
