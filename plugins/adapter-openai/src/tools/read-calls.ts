import type { Json, JsonObject, JsonPointer, ToolCall } from '@sluice/core'
import { asObject, asString, jsonText, member, parseJson } from '../json/read.ts'
import { isId, TOOL_TYPES } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

/**
 * One element of `tool_calls`, whole: a function's arguments or a custom tool's input. `choice` is absent in requests,
 * where a conversation has one course.
 */
export function readCall(view: ViewBuilder, call: JsonObject, at: JsonPointer, choice?: number): ToolCall {
  const type = asString(call['type'])
  if (type !== undefined && !TOOL_TYPES.has(type)) {
    view.text('other', 'model', { pointer: member(at, 'type') }, type, choice === undefined ? {} : { choice })
  }
  const id = asString(call['id']) ?? ''
  if (choice !== undefined && !isId(id)) view.text('other', 'model', { pointer: member(at, 'id') }, id, { choice })
  const custom = asObject(call['custom'])
  const called = asObject(call['function'])
  const key = called || !custom ? 'function' : 'custom'
  if (called && custom) readCalled(view, custom, `${at}/custom`, at, id, choice)
  return readCalled(view, called ?? custom ?? {}, `${at}/${key}`, at, id, choice)
}

/** The older `function_call`, which has no id. */
export function readFunctionCall(view: ViewBuilder, call: JsonObject, at: JsonPointer, choice?: number): ToolCall {
  return readCalled(view, call, at, at, '', choice)
}

function readCalled(
  view: ViewBuilder,
  called: JsonObject,
  at: JsonPointer,
  place: JsonPointer,
  callId: string,
  choice: number | undefined,
): ToolCall {
  const name = asString(called['name']) ?? ''
  const details = { ...(choice !== undefined && { choice }), tool: { name, ...(callId !== '' && { callId }) } }
  view.text('tool-name', 'model', { pointer: member(at, 'name') }, name, details)
  const key = called['arguments'] === undefined ? 'input' : 'arguments'
  const given = called[key]
  if (typeof given === 'string') {
    view.text('tool-arguments', 'model', { pointer: member(at, key) }, given, details)
  }
  const call: ToolCall = { callId, name, choice: choice ?? 0, ...readInput(given), place: { pointer: place } }
  view.toolCalls.push(call)
  return call
}

function readInput(given: Json | undefined): { input: Json | undefined; inputText: string } {
  if (typeof given === 'string') return { input: parseJson(given), inputText: given }
  // Some servers write the arguments as JSON, not as a string of it. Their strings are inspected one by one.
  return given === undefined || given === null
    ? { input: undefined, inputText: '' }
    : { input: given, inputText: jsonText(given) }
}
