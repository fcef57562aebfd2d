import type { JsonObject, JsonPointer } from '@sluice/core'
import { readContent } from '../content/read-content.ts'
import { type Voice, voiceOf } from '../content/voice.ts'
import { asObject, asString, asText, elementsOf, member } from '../json/read.ts'
import { readCall, readFunctionCall } from '../tools/read-calls.ts'
import { ROLES } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

/** One message of a conversation. `tools` holds the names of the calls before it, by call id. */
export function readMessage(view: ViewBuilder, message: JsonObject, at: JsonPointer, tools: Map<string, string>): void {
  const role = asString(message['role']) ?? ''
  if (!ROLES.has(role)) view.text('other', 'user', { pointer: member(at, 'role') }, role)
  const name = asString(message['name'])
  if (name !== undefined) view.text('other', 'user', { pointer: member(at, 'name') }, name)
  if (role === 'tool' || role === 'function') {
    readResult(view, message, at, role, tools)
  } else {
    readContent(view, voiceOf(role), message['content'], member(at, 'content'), at)
  }
  readWords(view, message, at)
  for (const [index, call] of elementsOf(message['tool_calls']).entries()) {
    const object = asObject(call)
    if (!object) continue
    const read = readCall(view, object, `${at}/tool_calls/${index}`)
    if (read.callId !== '') tools.set(read.callId, read.name)
  }
  const called = asObject(message['function_call'])
  if (called) readFunctionCall(view, called, member(at, 'function_call'))
}

/** What a model said beside its content, as it stands in the answers that clients send back. */
function readWords(view: ViewBuilder, message: JsonObject, at: JsonPointer): void {
  const refusal = asString(message['refusal'])
  if (refusal !== undefined) view.text('refusal', 'model', { pointer: member(at, 'refusal') }, refusal)
  for (const key of ['reasoning_content', 'reasoning']) {
    const reasoning = asString(message[key])
    if (reasoning !== undefined) view.text('reasoning', 'model', { pointer: member(at, key) }, reasoning)
  }
}

function readResult(
  view: ViewBuilder,
  message: JsonObject,
  at: JsonPointer,
  role: string,
  tools: ReadonlyMap<string, string>,
): void {
  const callId = role === 'tool' ? (asText(message['tool_call_id']) ?? '') : ''
  // A result is told by the call it answers; the older functions, and some clients, write the name beside it.
  const name = tools.get(callId) ?? asText(message['name'])
  const tool = { name: name ?? '', ...(callId !== '' && { callId }) }
  const voice: Voice = { ...voiceOf(role), details: { tool } }
  const text = readContent(view, voice, message['content'], member(at, 'content'), at)
  view.toolResults.push({
    callId,
    text,
    place: { pointer: member(at, 'content') },
    ...(name !== undefined && { name }),
  })
}
