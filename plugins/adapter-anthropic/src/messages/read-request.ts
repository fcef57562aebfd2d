import {
  asObject,
  asString,
  asText,
  type Body,
  type BodyView,
  elementsOf,
  type Json,
  type JsonObject,
  type JsonPointer,
  leavesOf,
  rootOf,
  spellings,
  ViewBuilder,
} from '@sluice/core'
import { readContent, sceneOf } from '../blocks/read-content.ts'
import type { Scene } from '../blocks/scene.ts'
import { OPERATOR, voiceOf } from '../blocks/voice.ts'
import { toolReferences } from '../tools/read-changes.ts'
import { readTools } from '../tools/read-tools.ts'
import { readCaller } from './read-caller.ts'
import { REQUEST_WORDS } from './words.ts'

export function readMessagesRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  for (const { pointer, text } of REQUEST_WORDS.odd(root)) view.text('other', 'user', { pointer }, text)
  readCaller(view, root)
  const scene = sceneOf(spellings(body, inputsIn(root['messages'])))
  readContent(view, OPERATOR, root['system'], '/system', scene)
  for (const [index, message] of elementsOf(root['messages']).entries()) {
    const object = asObject(message)
    if (object) readMessage(view, object, `/messages/${index}`, scene)
  }
  readTools(view, root, toolReferences(root))
  readInstructions(view, root)
  return view.view()
}

function readMessage(view: ViewBuilder, message: JsonObject, at: JsonPointer, scene: Scene): void {
  const role = asString(message['role']) ?? ''
  readContent(view, voiceOf(role), message['content'], `${at}/content`, scene)
}

/** Where calls that are sent back have their input. */
function inputsIn(messages: Json | undefined): readonly JsonPointer[] {
  const pointers: JsonPointer[] = []
  for (const [index, message] of elementsOf(messages).entries()) {
    for (const [at, block] of elementsOf(asObject(message)?.['content']).entries()) {
      const input = asObject(block)?.['input']
      if (input !== undefined && typeof input !== 'string') pointers.push(`/messages/${index}/content/${at}/input`)
    }
  }
  return pointers
}

/** What reaches the model like an instruction: the schema of its answer, and how it shall sum up what went before. */
function readInstructions(view: ViewBuilder, root: JsonObject): void {
  const schemas = [
    [asObject(asObject(root['output_config'])?.['format'])?.['schema'], '/output_config/format/schema'],
    [asObject(root['output_format'])?.['schema'], '/output_format/schema'],
  ] as const
  for (const [schema, at] of schemas) {
    for (const leaf of leavesOf(schema, at)) view.text('instruction', 'operator', { pointer: leaf.pointer }, leaf.text)
  }
  instruct(view, root['compaction'], '/compaction')
  for (const [index, edit] of elementsOf(asObject(root['context_management'])?.['edits']).entries()) {
    instruct(view, edit, `/context_management/edits/${index}`)
  }
}

function instruct(view: ViewBuilder, holder: Json | undefined, at: JsonPointer): void {
  const text = asText(asObject(holder)?.['instructions'])
  if (text !== undefined) view.text('instruction', 'operator', { pointer: `${at}/instructions` }, text)
}
