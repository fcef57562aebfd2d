import {
  asObject,
  asString,
  elementsOf,
  type Json,
  type JsonObject,
  type JsonPointer,
  type Leaf,
  leavesOf,
  member,
  type ViewBuilder,
} from '@sluice/core'
import { definitionOf } from '../answers/pieces.ts'
import { readAddedTool } from '../tools/read-changes.ts'
import { isCall, isResult } from './block-kinds.ts'
import { readCallInput } from './read-input.ts'
import { readResult } from './read-result.ts'
import { readSealedBlock } from './read-sealed.ts'
import { readFileId, readSource, sourceOf } from './read-source.ts'
import type { Scene } from './scene.ts'
import type { Voice } from './voice.ts'

/** A scene whose inner content is read as this file reads it. */
export function sceneOf(spelled: Scene['spelled']): Scene {
  const scene: Scene = {
    calls: new Map(),
    spelled,
    content: (view, voice, content, at) => readContent(view, voice, content, at, scene),
    block: (view, voice, block, at, group) => readBlock(view, voice, block, at, scene, group),
  }
  return scene
}

/**
 * Content of a message, of a result or of a document: a string or a list of blocks. Blocks are read by the members they
 * have, not by the type they claim. The texts of one list are joined by whoever reads them. Returns the text read.
 */
export function readContent(
  view: ViewBuilder,
  voice: Voice,
  content: Json | undefined,
  at: JsonPointer,
  scene: Scene,
): string {
  if (typeof content === 'string') {
    view.text(voice.kind, voice.trust, { pointer: at }, content, voice.details)
    return content
  }
  let text = ''
  for (const [index, element] of elementsOf(content).entries()) {
    const block = asObject(element)
    if (block) text += readBlock(view, voice, block, `${at}/${index}`, scene, at)
  }
  return text
}

function readBlock(
  view: ViewBuilder,
  voice: Voice,
  block: JsonObject,
  at: JsonPointer,
  scene: Scene,
  group: string,
): string {
  if (isResult(block)) return readResult(view, block, at, scene)
  readSealedBlock(view, block, at)
  if (isCall(block)) {
    const name = asString(block['name']) ?? ''
    const callId = asString(block['id']) ?? ''
    const definition = definitionOf(block, name)
    readCallInput(view, { callId, name, definition, input: block['input'], pointer: at }, scene.spelled)
    if (callId !== '') scene.calls.set(callId, name)
  }
  const text = asString(block['text']) ?? ''
  view.text(voice.kind, voice.trust, { pointer: member(at, 'text') }, text, { ...voice.details, group })
  view.text('reasoning', 'model', { pointer: member(at, 'thinking') }, asString(block['thinking']) ?? '')
  for (const key of ['title', 'context']) {
    view.text('other', voice.trust, { pointer: member(at, key) }, asString(block[key]) ?? '', voice.details)
  }
  for (const leaf of leavesOf(block['citations'], member(at, 'citations'))) readCitation(view, leaf)
  const file = asString(block['file_id'])
  if (file !== undefined) readFileId(view, voice, file, member(at, 'file_id'))
  readAddedTool(view, block, at)
  return text + readWithin(view, voice, block, at, scene)
}

/** What a block holds besides its own text: a document, the passages of a search, the summary of what went before. */
function readWithin(view: ViewBuilder, voice: Voice, block: JsonObject, at: JsonPointer, scene: Scene): string {
  const source = sourceOf(block)
  let text = source ? readSource(view, voice, source, member(at, 'source'), scene.content) : ''
  const origin = asString(block['source'])
  // Passages that somebody else's search found, and where: the words of neither side.
  const found: Voice = origin === undefined ? voice : { ...voice, trust: 'external' }
  view.text('other', found.trust, { pointer: member(at, 'source') }, origin ?? '', voice.details)
  text += scene.content(view, found, block['content'], member(at, 'content'))
  return text
}

function readCitation(view: ViewBuilder, { pointer, text, name }: Leaf): void {
  // What it is called is one of the words passed by, or is named as an odd one.
  if (name === 'type') return
  view.text('other', 'model', { pointer }, text)
}
