import {
  asArray,
  asObject,
  asString,
  asText,
  elementsOf,
  type JsonObject,
  type JsonPointer,
  type Located,
  leavesOf,
  member,
  type Place,
  type ToolChoice,
  type ToolDefinition,
  type ViewBuilder,
} from '@sluice/core'
import { defineTool, type Servers } from './define-tool.ts'

/** The tools of a request, and the MCP servers that the provider shall ask for theirs. */
export function readTools(view: ViewBuilder, root: JsonObject, references: readonly ToolChoice[]): void {
  const servers = readServers(view, root)
  const tools = asArray(root['tools'])
  if (!tools) return
  const definitions: ToolDefinition[] = []
  for (const [index, tool] of tools.entries()) {
    const object = asObject(tool)
    if (object) definitions.push(defineTool(view, object, member('/tools', index), servers))
  }
  view.toolSets.push({
    place: { pointer: '/tools' },
    tools: definitions,
    dependents: Object.hasOwn(root, 'tool_choice') ? [{ pointer: '/tool_choice' }] : [],
    choices: [...readChoice(root), ...references],
  })
}

/** A server is a tool set of its own: it is judged like the entry of `tools` that goes by its name. */
function readServers(view: ViewBuilder, root: JsonObject): Servers {
  const servers = new Map<string, string | undefined>()
  const definitions: ToolDefinition[] = []
  for (const [index, item] of elementsOf(root['mcp_servers']).entries()) {
    const server = asObject(item)
    if (!server) continue
    const place: Place = { pointer: member('/mcp_servers', index) }
    const name = asString(server['name']) ?? ''
    const url = asText(server['url'])
    servers.set(name, url)
    definitions.push({ type: 'hosted', name, place, server: url === undefined ? {} : { url } })
    nameServer(view, name, server, place.pointer)
  }
  if (definitions.length > 0) {
    view.toolSets.push({ place: { pointer: '/mcp_servers' }, tools: definitions, dependents: [], choices: [] })
  }
  return servers
}

function nameServer(view: ViewBuilder, name: string, server: JsonObject, at: JsonPointer): void {
  for (const leaf of leavesOf(server, at)) {
    view.text('tool-definition', 'operator', { pointer: leaf.pointer }, leaf.text, { tool: { name } })
  }
}

function readChoice(root: JsonObject): readonly ToolChoice[] {
  const name = asText(asObject(root['tool_choice'])?.['name'])
  if (name === undefined) return []
  const named: Located<string> = { value: name, place: { pointer: '/tool_choice/name' } }
  return [{ container: { pointer: '/tool_choice' }, names: [named] }]
}
