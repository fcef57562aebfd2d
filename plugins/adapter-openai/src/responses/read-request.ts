import type { Body, BodyView, JsonObject, JsonPointer, RequestTarget } from '@sluice/core'
import { type Leaf, stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, asText, member, rootOf } from '../json/read.ts'
import { readCaller } from '../view/read-caller.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { readEncodedLeaf } from './read-encoded.ts'
import { itemsOf, readItem } from './read-item.ts'
import { readItemTools, readTools } from './read-tools.ts'
import { Reading } from './reading.ts'
import { refer } from './references.ts'

/** A request for a response, for a compaction or for a count of tokens: they say what they ask about alike. */
export function readResponseRequest(body: Body): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  if (!root) return view.view()
  readCaller(view, root)
  view.model({ pointer: '/moderation/model' }, asText(asObject(root['moderation'])?.['model']))
  const instructions = asString(root['instructions'])
  if (instructions !== undefined) view.text('instruction', 'operator', { pointer: '/instructions' }, instructions)
  readEarlier(view, root)
  if (typeof root['input'] === 'string') view.text('user', 'user', { pointer: '/input' }, root['input'])
  else readInputItems(view, root, 'input')
  readTools(view, root)
  // The schema of the answer reaches the model like an instruction.
  for (const leaf of stringLeaves(asObject(root['text'])?.['format'], '/text/format')) {
    if (leaf.pointer !== '/text/format/type') view.text('instruction', 'operator', { pointer: leaf.pointer }, leaf.text)
  }
  return view.view()
}

/** A conversation that is begun, or items added to one. */
export function readConversationRequest(body: Body, { params }: RequestTarget): BodyView {
  const view = new ViewBuilder()
  const root = rootOf(body)
  referToParams(view, params)
  if (root) readInputItems(view, root, 'items')
  return view.view()
}

/** A request that asks for something the provider keeps, and has no body of interest. */
export function readRecordRequest(_: Body, { params, query }: RequestTarget): BodyView {
  const view = new ViewBuilder()
  referToParams(view, params)
  view.stream = query.some(([name, value]) => name === 'stream' && value === 'true')
  return view.view()
}

const PARAMS = [
  ['response', 'response'],
  ['conversation', 'conversation'],
  ['item', 'item'],
] as const

function referToParams(view: ViewBuilder, params: ReadonlyMap<string, string>): void {
  for (const [param, kind] of PARAMS) {
    const id = params.get(`${param}_id`)
    if (id === undefined) continue
    view.references.push({ kind, id, place: { query: 'path', pointer: '' }, use: 'record' })
    if (kind === 'conversation') view.conversation = { value: id, place: { query: 'path', pointer: '' } }
  }
}

function readInputItems(view: ViewBuilder, root: JsonObject, name: 'input' | 'items'): void {
  const tools = new Map<string, string>()
  const at = member('', name)
  for (const [index, item] of itemsOf(root[name])) {
    const pointer = member(at, index)
    const reading = new Reading()
    const context = { side: 'request', tools, name: pointer, group: pointer, calls: true } as const
    readItem(reading, item, pointer, context)
    reading.addTo(view)
    readResult(view, reading, item, pointer, tools)
    readItemTools(view, item, pointer)
    readAbsent(view, item, pointer)
  }
  for (const [index, item] of (asArray(root[name]) ?? []).entries()) {
    if (typeof item === 'string') view.text('user', 'user', { pointer: member(at, index) }, item)
  }
}

/** The result that an item brings, as one text. */
function readResult(
  view: ViewBuilder,
  reading: Reading,
  item: JsonObject,
  at: JsonPointer,
  tools: ReadonlyMap<string, string>,
): void {
  const type = asString(item['type']) ?? ''
  const results = reading.texts.filter(({ kind, tool }) => kind === 'tool-result' && tool !== undefined)
  if (results.length === 0 && !type.endsWith('_output')) return
  const callId = asText(item['call_id']) ?? asText(item['id']) ?? ''
  const name = tools.get(callId) ?? results[0]?.tool?.name ?? asText(item['name'])
  const text = results.flatMap(({ pieces }) => pieces.map(({ value }) => value)).join('')
  view.toolResults.push({ callId, text, place: { pointer: at }, ...(name !== undefined && name !== '' && { name }) })
}

/** Items that stand for something which the provider keeps: named by their id, without what is in them. */
function readAbsent(view: ViewBuilder, item: JsonObject, at: JsonPointer): void {
  const id = asText(item['id'])
  if (id === undefined) return
  const type = asString(item['type'])
  const isReference = type === 'item_reference' || (type === undefined && item['role'] === undefined)
  const isEmpty =
    (type === 'reasoning' && !asText(item['encrypted_content'])) ||
    (type === 'image_generation_call' && !asText(item['result']))
  if (isReference || isEmpty) refer(view, 'item', member(at, 'id'), id)
}

/** What the model is given that is not in the body: earlier responses, conversations, stored prompts. */
function readEarlier(view: ViewBuilder, root: JsonObject): void {
  const previous = asText(root['previous_response_id'])
  if (previous !== undefined) refer(view, 'response', '/previous_response_id', previous)
  const prompt = asObject(root['prompt'])
  const promptId = asText(prompt?.['id'])
  if (promptId !== undefined) refer(view, 'prompt', '/prompt/id', promptId)
  for (const leaf of stringLeaves(prompt?.['variables'], '/prompt/variables')) readVariable(view, leaf)
  const conversation = root['conversation']
  const isString = typeof conversation === 'string'
  const id = isString ? asText(conversation) : asText(asObject(conversation)?.['id'])
  if (id === undefined) return
  const pointer: JsonPointer = isString ? '/conversation' : '/conversation/id'
  refer(view, 'conversation', pointer, id)
  view.conversation = { value: id, place: { pointer } }
}

function readVariable(view: ViewBuilder, leaf: Leaf): void {
  const reading = new Reading()
  const { pointer, text, name } = leaf
  const context = { side: 'request', tools: new Map(), name: '', group: '', calls: false } as const
  if (!readEncodedLeaf(reading, leaf, name, { kind: 'user', trust: 'user' }, '', context)) {
    view.text('user', 'user', { pointer }, text)
  }
  reading.addTo(view)
}
