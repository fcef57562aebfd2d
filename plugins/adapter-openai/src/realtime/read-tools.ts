import type { JsonObject, JsonPointer, Located, Place, ToolChoice, ToolDefinition } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, asText, member } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

/** The tools of a session or of one response. Unlike those of chat, a definition is one object without a shell. */
export function readTools(view: ViewBuilder, settings: JsonObject, at: JsonPointer): void {
  const tools = asArray(settings['tools'])
  if (!tools) return
  const definitions: ToolDefinition[] = []
  for (const [index, tool] of tools.entries()) {
    const object = asObject(tool)
    if (object) definitions.push(readDefinition(view, object, `${at}/tools/${index}`))
  }
  const dependents = ['tool_choice', 'parallel_tool_calls'].filter((name) => Object.hasOwn(settings, name))
  view.toolSets.push({
    place: { pointer: member(at, 'tools') },
    tools: definitions,
    dependents: dependents.map((name): Place => ({ pointer: member(at, name) })),
    choices: readChoice(asObject(settings['tool_choice']), member(at, 'tool_choice')),
  })
}

function readDefinition(view: ViewBuilder, tool: JsonObject, at: JsonPointer): ToolDefinition {
  const type = asString(tool['type']) ?? ''
  const { value: name } = nameOf(tool, at)
  for (const leaf of stringLeaves(tool, at)) {
    if (leaf.pointer === `${at}/type` && leaf.text === 'function') continue
    view.text('tool-definition', 'operator', { pointer: leaf.pointer }, leaf.text, { tool: { name } })
  }
  const description = asString(tool['description']) ?? asString(tool['server_description'])
  const inputSchema = tool['parameters']
  const url = asText(tool['server_url'])
  const connector = asText(tool['connector_id'])
  const server = { ...(url !== undefined && { url }), ...(connector !== undefined && { connector }) }
  return {
    type: type === 'function' || type === '' ? 'function' : 'hosted',
    name,
    place: { pointer: at },
    ...(description !== undefined && { description }),
    ...(inputSchema !== undefined && { inputSchema }),
    ...((url !== undefined || connector !== undefined) && { server }),
  }
}

/** Of a hosted tool its type is the name: which of a server's tools is meant, the provider finds out. */
function nameOf(tool: JsonObject, at: JsonPointer): Located<string> {
  const type = asString(tool['type']) ?? ''
  const own = asText(tool['name'])
  return own === undefined || (type !== 'function' && type !== '')
    ? { value: type, place: { pointer: `${at}/type` } }
    : { value: own, place: { pointer: `${at}/name` } }
}

function readChoice(choice: JsonObject | undefined, at: JsonPointer): ToolChoice[] {
  if (!choice) return []
  const name = nameOf(choice, at)
  return name.value === '' ? [] : [{ container: { pointer: at }, names: [name] }]
}
