import {
  asString,
  asText,
  type JsonObject,
  type JsonPointer,
  leavesOf,
  member,
  type ToolDefinition,
  type ViewBuilder,
} from '@sluice/core'

/** Addresses of MCP servers by the name that tools go by. */
export type Servers = ReadonlyMap<string, string | undefined>

/** Tools of the provider's making that the client runs. Every other tool with a type is run by the provider. */
const RUN_BY_CLIENT = /^(?:bash|text_editor|computer|memory|computer_toolset|browser_toolset)_[0-9]+$/
/** `browser_toolset_20260801`: its calls name the set they belong to. */
const TOOLSET = /^([a-z_]+)_toolset_[0-9]+$/
/** The names that the provider gives its editors are not those of their types. */
const EDITOR = /^str_replace_(?:editor|based_edit_tool)$/

/** What a tool of the provider's is, where it goes by a name of the caller's choice: filters know it by what it is. */
function disguised(type: string, given: string | undefined): string | undefined {
  const family = /^([a-z_]+)_[0-9]{8}$/.exec(type)?.[1]
  if (family === undefined || given === undefined || given === family) return undefined
  return family === 'text_editor' && EDITOR.test(given) ? undefined : family
}

/** One definition of a tool. Every string of it reaches the model: names, descriptions, enumerations, examples. */
export function defineTool(view: ViewBuilder, tool: JsonObject, at: JsonPointer, servers: Servers): ToolDefinition {
  const type = asString(tool['type']) ?? ''
  const isOwn = type === '' || type === 'custom'
  const server = asText(tool['mcp_server_name'])
  const given = asText(tool['name'])
  const name = disguised(type, given) ?? given ?? server ?? TOOLSET.exec(type)?.[1] ?? type
  for (const leaf of leavesOf(tool, at)) {
    if (leaf.pointer === member(at, 'type') && isOwn) continue
    view.text('tool-definition', 'operator', { pointer: leaf.pointer }, leaf.text, { tool: { name } })
  }
  // A tool of the provider's may run on a model of its own.
  if (!isOwn) view.model({ pointer: member(at, 'model') }, asText(tool['model']))
  const description = asString(tool['description'])
  const inputSchema = tool['input_schema']
  const url = server === undefined ? undefined : servers.get(server)
  return {
    type: isOwn ? 'function' : RUN_BY_CLIENT.test(type) ? 'custom' : 'hosted',
    name,
    ...(given !== undefined && given !== name && { calledAs: given }),
    place: { pointer: at },
    ...(description !== undefined && { description }),
    ...(inputSchema !== undefined && { inputSchema }),
    ...(server !== undefined && { server: url === undefined ? {} : { url } }),
  }
}
