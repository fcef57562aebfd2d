import type { Body, BodyView, Finish, Json, JsonObject, JsonPointer } from '@sluice/core'
import { readError } from '../choices/read-error.ts'
import { readUsage } from '../choices/usage.ts'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, asText, member, rootOf } from '../json/read.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { type ItemContext, itemsOf, readItem } from './read-item.ts'
import { readToolSet } from './read-tools.ts'
import { Reading } from './reading.ts'
import { isRootWord, WORD_MEMBERS } from './words.ts'

/** What an answer is the answer to. */
export interface AnswerKind {
  /** The response is new: its id is one that the provider has just made. */
  readonly makes: boolean
  /** Its calls are the model's, to be run; false: they are told as history. */
  readonly calls: boolean
  /** Made for another request than the one that it comes to: the answer itself says which tools that had. */
  readonly isEarlier: boolean
}

export function answerContext(calls: boolean): Omit<ItemContext, 'name'> {
  return { side: 'answer', tools: new Map(), group: 'output', calls }
}

/** A response, or what a compaction has left of one. */
export function readAnswer(kind: AnswerKind): (body: Body, answer: { readonly status: number }) => BodyView {
  return (body, { status }) => {
    const view = new ViewBuilder()
    const root = rootOf(body)
    const isResponse = asArray(root?.['output']) !== undefined
    if (!isResponse) readError(view, body, status)
    if (!root) return view.view()
    view.model({ pointer: '/model' }, asText(root['model']))
    view.usage = readUsage(root['usage'])
    const error = isResponse ? failureOf(root) : undefined
    if (error !== undefined) view.upstreamError = error
    const finish = finishOfResponse(root)
    if (finish) view.finishes.push({ choice: 0, finish })
    if (kind.isEarlier && asArray(root['tools'])) view.toolSets.push(readToolSet(root, '/tools'))
    readSurroundings(isResponse ? root : wordMembers(root), '', kind.makes && isResponse && status < 300).addTo(view, 0)
    const context = answerContext(kind.calls)
    for (const [index, item] of itemsOf(root['output'])) {
      const reading = new Reading()
      readItem(reading, item, member('/output', index), { ...context, name: `${index}` })
      reading.addTo(view, 0)
    }
    return view.view()
  }
}

/** Members of a response beside its items. What repeats the request is read by the line: it is long, and seldom of interest. */
export function readSurroundings(root: JsonObject, at: JsonPointer, makes: boolean): Reading {
  const reading = new Reading()
  for (const [name, value] of Object.entries(root)) {
    if (name === 'output') continue
    const pointer = member(at, name)
    const pieces = stringLeaves(value, pointer).filter((leaf) => {
      // Words stand near the root; to write long pointers out takes time.
      if (leaf.pointer.length > 64 || !isRootWord(leaf.pointer.slice(at.length + 1), leaf.text)) return true
      reading.passed.push(leaf.pointer)
      return false
    })
    const located = pieces.map((leaf) => ({ value: leaf.text, place: { pointer: leaf.pointer } }))
    if (located.length > 0) reading.texts.push({ key: name, ...voiceOf(name), pieces: located, separator: '\n' })
  }
  const id = asText(root['id'])
  if (makes && id !== undefined) reading.made.push({ made: { kind: 'response', id }, pointer: member(at, 'id') })
  const conversation = asText(asObject(root['conversation'])?.['id'])
  if (makes && conversation !== undefined) {
    reading.made.push({ made: { kind: 'conversation', id: conversation }, pointer: `${at}/conversation/id` })
  }
  return reading
}

function voiceOf(name: string): {
  readonly kind: 'instruction' | 'tool-definition' | 'error' | 'other'
  readonly trust: 'operator' | 'external' | 'model'
} {
  if (name === 'instructions') return { kind: 'instruction', trust: 'operator' }
  if (name === 'tools') return { kind: 'tool-definition', trust: 'operator' }
  return name === 'error' ? { kind: 'error', trust: 'external' } : { kind: 'other', trust: 'model' }
}

/** The provider's word for why the response failed. */
export function failureOf(response: JsonObject): string | undefined {
  const error = asObject(response['error'])
  return error && (asString(error['message']) ?? '')
}

const INCOMPLETE: ReadonlyMap<string, Finish['reason']> = new Map([
  ['max_output_tokens', 'length'],
  ['content_filter', 'content-filter'],
])
/** Calls that the client is to run. */
const CLIENT_CALLS: ReadonlySet<string> = new Set([
  ...['function_call', 'custom_tool_call', 'computer_call', 'local_shell_call', 'shell_call', 'apply_patch_call'],
])

/** How a response ended; undefined while it has not. */
export function finishOfResponse(response: JsonObject): Finish | undefined {
  const status = asText(response['status'])
  const reason = asText(asObject(response['incomplete_details'])?.['reason'])
  switch (status) {
    case 'completed': {
      // So our own blocked responses end: they are complete, and were filtered.
      if (reason === 'content_filter') return { reason: 'content-filter', raw: reason }
      const calls = itemsOf(response['output']).some(([, item]) => CLIENT_CALLS.has(asString(item['type']) ?? ''))
      return { reason: calls ? 'tool-calls' : 'stop', raw: status }
    }
    case 'incomplete': {
      const raw = reason ?? status
      return { reason: INCOMPLETE.get(raw) ?? 'other', raw }
    }
    case 'failed':
      return { reason: 'error', raw: status }
    case 'cancelled':
      return { reason: 'other', raw: status }
    default:
      return undefined
  }
}

/**
 * Items of a response or a conversation, as the provider keeps them: a list of them, or one. `makes`: they are new. A list
 * that is asked for makes nothing: it shows what is there.
 */
export function readItems(makes: boolean): (body: Body, answer: { readonly status: number }) => BodyView {
  return (body, { status }) => readKeptItems(body, status, makes)
}

function readKeptItems(body: Body, status: number, makes: boolean): BodyView {
  const view = new ViewBuilder()
  readError(view, body, status)
  const root = rootOf(body)
  if (!root) return view.view()
  const list: Json | undefined = root['data'] ?? root['items']
  const at: JsonPointer = root['data'] === undefined ? '/items' : '/data'
  const context = { ...answerContext(false), group: '' }
  const isOne = !asArray(list) && typeof root['type'] === 'string'
  for (const [index, item] of isOne ? [[-1, root] as const] : itemsOf(list)) {
    const reading = new Reading()
    const pointer: JsonPointer = isOne ? '' : member(at, index)
    readItem(reading, item, pointer, { ...context, name: pointer, group: pointer })
    if (!makes || status >= 300) reading.made.length = 0
    reading.addTo(view, 0)
  }
  if (!isOne) readSurroundings(wordMembers(root), '', false).addTo(view, 0)
  return view.view()
}

/**
 * Of a body that is no response: the members where words are expected, lest something else stand there. What is an error
 * is read as one by then, and the core finds the rest.
 */
function wordMembers(root: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(root).filter(([name]) => WORD_MEMBERS.has(name)))
}

/** A conversation, as it is told when it is made, asked for, changed or removed. */
export function readConversation(makes: boolean): (body: Body, answer: { readonly status: number }) => BodyView {
  return (body, { status }) => {
    const view = new ViewBuilder()
    readError(view, body, status)
    const root = rootOf(body)
    const id = asText(root?.['id'])
    if (makes && id !== undefined && status < 300) view.made.push({ kind: 'conversation', id })
    return view.view()
  }
}
