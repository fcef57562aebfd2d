import { type Json, type JsonPointer, jsonIn, jsonText, member, type ToolCall, type ViewBuilder } from '@sluice/core'

/** What a call says, wherever it stands. */
export interface GivenCall {
  readonly callId: string
  readonly name: string
  readonly definition: string | undefined
  readonly input: Json | undefined
  /** Of the block. */
  readonly pointer: JsonPointer
}

/**
 * A call's name and its input. The input is a JSON value: it is one text, as it is spelled in the body (`spelled`), so
 * that it reads as the same arguments do when they are streamed. `choice` is absent in requests.
 */
export function readCallInput(
  view: ViewBuilder,
  { callId, name, definition, input, pointer }: GivenCall,
  spelled: ReadonlyMap<JsonPointer, string>,
  choice?: number,
): ToolCall {
  const at = member(pointer, 'input')
  const details = { ...(choice !== undefined && { choice }), tool: { name, ...(callId !== '' && { callId }) } }
  view.text('tool-name', 'model', { pointer: member(pointer, 'name') }, name, details)
  const isText = typeof input === 'string'
  const inputText = input === undefined ? '' : isText ? input : (spelled.get(at) ?? jsonText(input))
  view.text('tool-arguments', 'model', { pointer: at }, inputText, { ...details, ...(!isText && { json: true }) })
  const call: ToolCall = {
    callId,
    name,
    ...(definition !== undefined && { definition }),
    choice: choice ?? 0,
    input: isText ? jsonIn(input) : input,
    inputText,
    place: { pointer },
  }
  view.toolCalls.push(call)
  return call
}
