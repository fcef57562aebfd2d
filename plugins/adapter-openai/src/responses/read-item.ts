import type { BlockKind, Json, JsonObject, JsonPointer, NamedText, SegmentTrust } from '@sluice/core'
import { voiceOf } from '../content/voice.ts'
import { type Leaf, stringLeaves } from '../json/leaves.ts'
import { asObject, asString, asText, elementsOf, member } from '../json/read.ts'
import { CALL_TYPES, RESULT_TYPES } from './item-types.ts'
import { readCallOf } from './read-call.ts'
import { readEncodedLeaf } from './read-encoded.ts'
import type { Reading } from './reading.ts'
import { readTokens } from './token-copies.ts'
import { isItemWord } from './words.ts'

/** What has to be known to read an item, or a part of one. */
export interface ItemContext {
  readonly side: 'request' | 'answer'
  /** Names of the tools called so far, by call id. */
  readonly tools: Map<string, string>
  /** The item's own name among the others: parts of it are read joined. */
  readonly name: string
  /** The parts of all messages of one group are read joined. */
  readonly group: string
  /** Calls in it are the model's, just now. False: they are told as history. */
  readonly calls: boolean
}

interface Item {
  readonly type: string
  readonly role: string
  readonly tool: NamedText['tool']
}

/** The words of a tool's, and the words for it. What stands under no such member is read as text of no known kind. */
const SECTIONS: ReadonlyMap<string, BlockKind> = new Map([
  ['arguments', 'tool-arguments'],
  ['input', 'tool-arguments'],
  ['code', 'tool-arguments'],
  ['action', 'tool-arguments'],
  ['actions', 'tool-arguments'],
  ['operation', 'tool-arguments'],
  ['queries', 'tool-arguments'],
  ['output', 'tool-result'],
  ['outputs', 'tool-result'],
  ['results', 'tool-result'],
  ['result', 'tool-result'],
  ['error', 'tool-result'],
  ['summary', 'reasoning'],
  ['tools', 'tool-definition'],
])
const TRUST: Partial<Record<BlockKind, SegmentTrust>> = { 'tool-result': 'external', 'tool-definition': 'external' }

/**
 * Every string of an item of a conversation: the same reading for requests, answers and streams. The member an item's
 * string stands under says what it is, and the type only whose it is: an upstream that mixes types up is read all the same.
 */
export function readItem(reading: Reading, item: JsonObject, at: JsonPointer, context: ItemContext): void {
  const about = itemOf(item, context)
  if (CALL_TYPES.has(about.type)) readCallOf(reading, item, at, context)
  const id = asText(item['id'])
  if (context.side === 'answer' && id !== undefined) {
    reading.made.push({ made: { kind: 'item', id }, pointer: member(at, 'id') })
  }
  readLeaves(reading, item, at, '', about, context)
}

/** A part of an item that comes alone, in a stream. `key` is its place in the item: `content/0`. */
export function readPart(
  reading: Reading,
  part: Json,
  at: JsonPointer,
  key: string,
  item: JsonObject,
  context: ItemContext,
): void {
  readLeaves(reading, part, at, key, itemOf(item, context), context)
}

function itemOf(item: JsonObject, { tools }: ItemContext): Item {
  const type = asString(item['type']) ?? 'message'
  const callId = asText(item['call_id']) ?? asText(item['id'])
  const known = callId === undefined ? undefined : tools.get(callId)
  const fixed = CALL_TYPES.get(type)?.tool ?? RESULT_TYPES.get(type)
  const name = known ?? (fixed === undefined || fixed === '' ? asText(item['name']) : fixed) ?? fixed ?? ''
  const isTool = CALL_TYPES.has(type) || RESULT_TYPES.has(type)
  return {
    type,
    role: asString(item['role']) ?? '',
    tool: isTool ? { name, ...(callId !== undefined && { callId }) } : undefined,
  }
}

function readLeaves(
  reading: Reading,
  value: Json,
  at: JsonPointer,
  prefix: string,
  item: Item,
  context: ItemContext,
): void {
  const lists = new Map<string, Leaf[]>()
  for (const [top, leaf] of leavesByMember(value, at)) {
    const below = leaf.pointer.length - at.length > LONGEST_KEY ? top : leaf.pointer.slice(at.length + 1)
    const key = prefix === '' || below === '' ? `${prefix}${below}` : `${prefix}/${below}`
    const list = LISTS.exec(key)?.[0]
    if (list === undefined) readLeaf(reading, leaf, key, item, context)
    else if (list.endsWith('/logprobs')) continue
    else append(lists, list, leaf)
  }
  for (const [key, leaves] of lists) {
    const kind: BlockKind = key === 'tools' ? 'tool-definition' : 'other'
    const trust = key !== 'tools' ? trusted(context) : item.type === 'additional_tools' ? 'operator' : 'external'
    const pieces = leaves.map(({ text, pointer }) => ({ value: text, place: { pointer } }))
    reading.texts.push({ key, kind, trust, pieces, separator: '\n' })
  }
  readTokens(reading, value, at, prefix)
}

/** Where a text is told apart by more than this, nobody asks what it is called: to write long pointers out takes time. */
const LONGEST_KEY = 512

/** The strings of a value, each with the name of the member of it that holds them. */
function* leavesByMember(value: Json, at: JsonPointer): Generator<readonly [string, Leaf]> {
  const object = asObject(value)
  if (!object) for (const leaf of stringLeaves(value, at)) yield ['', leaf]
  for (const [name, inner] of Object.entries(object ?? {})) {
    const top = name.length > LONGEST_KEY ? '' : name
    for (const leaf of stringLeaves(inner, member(at, name))) yield [top, leaf]
  }
}

/** Strings under these belong together: many, short, and of no use alone. */
const LISTS = /^(?:tools(?=\/)|content\/\d+\/(?:annotations|logprobs)(?=\/))/

function readLeaf(reading: Reading, leaf: Leaf, key: string, item: Item, context: ItemContext): void {
  const { text, pointer } = leaf
  if (isItemWord(key, text, context.side)) {
    reading.passed.push(pointer)
    return
  }
  const [section = ''] = key.split('/', 1)
  const kind = kindOf(section, key, item)
  // The name of a call is told with it.
  if (kind === 'tool-name' && context.calls) return
  const trust = kind === 'other' ? trusted(context) : (TRUST[kind] ?? trustOf(kind, item, context))
  const details = toolOf(kind, item)
  if (readEncodedLeaf(reading, leaf, key, { kind, trust, details }, item.type, context)) return
  const isJoined = key.endsWith('/text') && (section === 'content' || section === 'summary' || section === 'output')
  const group = section === 'content' && item.type === 'message' ? context.group : `${context.name}/${section}`
  const pieces = [{ value: text, place: { pointer } }]
  reading.texts.push({ key, kind, trust, pieces, separator: '', ...details, ...(isJoined && { group }) })
}

function toolOf(kind: BlockKind, { type, tool }: Item): Pick<NamedText, 'tool'> {
  if (kind !== 'tool-name' && kind !== 'tool-arguments' && kind !== 'tool-result') return {}
  if (tool) return { tool }
  // Of an item that is no call: in a stream, arguments that are nobody's would be one.
  return kind === 'tool-arguments' ? { tool: { name: type } } : {}
}

function kindOf(section: string, key: string, item: Item): BlockKind {
  if (key === 'name')
    return item.tool && CALL_TYPES.has(item.type) && !CALL_TYPES.get(item.type)?.tool ? 'tool-name' : 'other'
  if (section === 'content') {
    if (key.endsWith('/refusal')) return 'refusal'
    if (item.type === 'reasoning') return 'reasoning'
    if (key === 'content' || /\/(?:text|transcript|image_url|file_data|file_url|data)$/.test(key)) {
      return item.type === 'message' ? voiceKind(item.role) : 'other'
    }
    return 'other'
  }
  return SECTIONS.get(section) ?? 'other'
}

function voiceKind(role: string): BlockKind {
  const { kind } = voiceOf(role)
  // Voices of messages are among the kinds that a stream has.
  return kind as BlockKind
}

function trustOf(kind: BlockKind, item: Item, context: ItemContext): SegmentTrust {
  if (kind === 'tool-name' || kind === 'tool-arguments' || kind === 'reasoning' || kind === 'refusal') return 'model'
  return item.type === 'message' ? voiceOf(item.role).trust : trusted(context)
}

/** Whose words they are where nothing says it. */
function trusted({ side }: ItemContext): SegmentTrust {
  return side === 'request' ? 'user' : 'model'
}

function append(lists: Map<string, Leaf[]>, key: string, leaf: Leaf): void {
  const list = lists.get(key)
  if (list === undefined) lists.set(key, [leaf])
  else list.push(leaf)
}

/** The items of a list that are objects. */
export function itemsOf(value: Json | undefined): readonly (readonly [number, JsonObject])[] {
  return [...elementsOf(value).entries()].filter((entry): entry is [number, JsonObject] => {
    const [, item] = entry
    return typeof item === 'object' && item !== null && !Array.isArray(item)
  })
}
