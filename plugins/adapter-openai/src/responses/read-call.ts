import type { JsonObject, JsonPointer, ToolCall } from '@sluice/core'
import { asString, asText, jsonText, member, parseJson } from '../json/read.ts'
import { CALL_TYPES, namespaceTool, serverTool } from './item-types.ts'
import type { ItemContext } from './read-item.ts'
import type { Reading } from './reading.ts'

/** The call that an item is. Takes note of its name for the result that answers it. */
export function readCallOf(reading: Reading, item: JsonObject, at: JsonPointer, { tools, calls }: ItemContext): void {
  const type = asString(item['type']) ?? ''
  const known = CALL_TYPES.get(type)
  if (!known) return
  const idMember = asText(item['call_id']) === undefined ? 'id' : 'call_id'
  const callId = asText(item[idMember]) ?? ''
  const name = known.tool ?? asString(item['name']) ?? ''
  if (callId !== '') tools.set(callId, name)
  if (!calls) return
  const key = known.input.find((each) => item[each] !== undefined && item[each] !== null) ?? known.input[0]
  const given = key === undefined ? undefined : item[key]
  const inputText = typeof given === 'string' ? given : given === undefined || given === null ? '' : jsonText(given)
  const input = typeof given === 'string' ? parseJson(given) : (given ?? undefined)
  const definition = definitionOf(item, name)
  const call: ToolCall = {
    callId,
    name,
    ...(definition !== undefined && { definition }),
    choice: 0,
    input,
    inputText,
    place: { pointer: at },
  }
  // Where a type writes its input as a text, an empty or missing one is the beginning of it.
  const isText = typeof given === 'string' || (STREAMED.has(type) && inputText === '')
  reading.calls.push({
    call,
    ...(isText && key !== undefined && { input: key }),
    ...(known.tool === undefined && { name: member(at, 'name') }),
    id: member(at, idMember),
  })
}

/** Their input comes in deltas. */
const STREAMED: ReadonlySet<string> = new Set([
  'function_call',
  'custom_tool_call',
  'mcp_call',
  'mcp_approval_request',
  'code_interpreter_call',
  'program',
])

function definitionOf(item: JsonObject, name: string): string | undefined {
  const label = asText(item['server_label'])
  if (label !== undefined) return serverTool(label)
  const namespace = asText(item['namespace'])
  return namespace === undefined ? undefined : namespaceTool(namespace, name)
}
