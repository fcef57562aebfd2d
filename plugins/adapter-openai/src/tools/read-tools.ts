import type { Json, JsonObject, JsonPointer, Located, Place, ToolChoice, ToolDefinition, ToolSet } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, asText, member } from '../json/read.ts'
import { TOOL_TYPES } from '../view/closed-words.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

/** The tools of a chat request: `tools`, the older `functions`, and the web search that has a member of its own. */
export function readTools(view: ViewBuilder, root: JsonObject): void {
  const tools = asArray(root['tools'])
  if (tools) view.toolSets.push(readToolSet(view, root, tools))
  const functions = asArray(root['functions'])
  if (functions) view.toolSets.push(readFunctionSet(view, root, functions))
  if (asObject(root['web_search_options'])) {
    const place: Place = { pointer: '/web_search_options' }
    view.toolSets.push({
      place,
      tools: [{ type: 'hosted', name: 'web_search', place }],
      dependents: [],
      choices: [],
    })
  }
}

function readToolSet(view: ViewBuilder, root: JsonObject, tools: readonly Json[]): ToolSet {
  const definitions: ToolDefinition[] = []
  for (const [index, tool] of tools.entries()) {
    const object = asObject(tool)
    if (object) definitions.push(readDefinition(view, object, member('/tools', index)))
  }
  return {
    place: { pointer: '/tools' },
    tools: definitions,
    dependents: present(root, ['tool_choice', 'parallel_tool_calls']),
    choices: readChoice(root['tool_choice']),
  }
}

function readFunctionSet(view: ViewBuilder, root: JsonObject, functions: readonly Json[]): ToolSet {
  const definitions: ToolDefinition[] = []
  for (const [index, item] of functions.entries()) {
    const object = asObject(item)
    if (!object) continue
    const place: Place = { pointer: member('/functions', index) }
    const name = asString(object['name']) ?? ''
    definitions.push(define('function', name, object, place))
    nameLeaves(view, name, object, place.pointer)
  }
  const chosen = asText(asObject(root['function_call'])?.['name'])
  return {
    place: { pointer: '/functions' },
    tools: definitions,
    dependents: present(root, ['function_call']),
    choices: chosen === undefined ? [] : [choice('/function_call', [located(chosen, '/function_call/name')])],
  }
}

function readDefinition(view: ViewBuilder, tool: JsonObject, at: JsonPointer): ToolDefinition {
  const type = asString(tool['type']) ?? ''
  const name = nameOf(tool, at).value
  nameLeaves(view, name, tool, at)
  // The type decides, whatever else the element carries: the provider goes by it too.
  if (type === 'custom') return define('custom', name, asObject(tool['custom']) ?? tool, { pointer: at })
  if (type === 'function' || type === '') {
    return define('function', name, asObject(tool['function']) ?? tool, { pointer: at })
  }
  // A hosted tool may run on a model of its own, and begin with a picture, at any depth of its settings.
  for (const leaf of stringLeaves(tool, at)) {
    if (leaf.name === 'model') view.model({ pointer: leaf.pointer }, leaf.text)
    const isAddress = /^(?:image|file)_url$/.test(leaf.name) && !/^data:/i.test(leaf.text)
    if (isAddress) view.fetched.push({ value: leaf.text, place: { pointer: leaf.pointer } })
  }
  const definition = define('hosted', name, tool, { pointer: at })
  const server = readServer(view, tool, at)
  return server === undefined ? definition : { ...definition, server }
}

/** Whose server a hosted tool reaches out to. The provider calls it by itself, before the answer is seen. */
export function readServer(view: ViewBuilder, tool: JsonObject, at: JsonPointer): ToolDefinition['server'] {
  const url = asString(tool['server_url'])
  const connector = asString(tool['connector_id'])
  if (url === undefined && connector === undefined) return undefined
  if (url !== undefined) view.fetched.push({ value: url, place: { pointer: member(at, 'server_url') } })
  return { ...(url !== undefined && { url }), ...(connector !== undefined && { connector }) }
}

/** What a tool, or a choice of one, is called. A hosted tool without a name has its type as name. */
function nameOf(tool: JsonObject, at: JsonPointer): Located<string> {
  const type = asString(tool['type']) ?? ''
  const members = type === '' ? ['function', 'custom'] : TOOL_TYPES.has(type) ? [type] : []
  for (const name of members) {
    const inner = asText(asObject(tool[name])?.['name'])
    if (inner !== undefined) return located(inner, `${at}/${name}/name`)
  }
  const own = asText(tool['name'])
  return own === undefined ? located(type, `${at}/type`) : located(own, `${at}/name`)
}

function define(type: ToolDefinition['type'], name: string, from: JsonObject, place: Place): ToolDefinition {
  const description = asString(from['description'])
  const inputSchema = from['parameters'] ?? from['input_schema']
  return {
    type,
    name,
    place,
    ...(description !== undefined && { description }),
    ...(inputSchema !== undefined && { inputSchema }),
  }
}

/** Every string of a definition reaches the model: names, descriptions, enumerations, grammars. */
function nameLeaves(view: ViewBuilder, name: string, tool: JsonObject, at: JsonPointer): void {
  const type = member(at, 'type')
  for (const leaf of stringLeaves(tool, at)) {
    if (leaf.pointer === type && TOOL_TYPES.has(leaf.text)) continue
    view.text('tool-definition', 'operator', { pointer: leaf.pointer }, leaf.text, { tool: { name } })
  }
}

function readChoice(value: Json | undefined): ToolChoice[] {
  const object = asObject(value)
  if (!object) return []
  const allowed = asArray(asObject(object['allowed_tools'])?.['tools'])
  if (allowed) {
    const names: Located<string>[] = []
    for (const [index, tool] of allowed.entries()) {
      const item = asObject(tool)
      if (!item) continue
      const place = member('/tool_choice/allowed_tools/tools', index)
      names.push(located(nameOf(item, place).value, place))
    }
    return [choice('/tool_choice', names)]
  }
  const name = nameOf(object, '/tool_choice')
  return name.value === '' ? [] : [choice('/tool_choice', [name])]
}

function choice(container: JsonPointer, names: readonly Located<string>[]): ToolChoice {
  return { container: { pointer: container }, names }
}

function located(value: string, pointer: JsonPointer): Located<string> {
  return { value, place: { pointer } }
}

function present(root: JsonObject, names: readonly string[]): Place[] {
  return names.filter((name) => Object.hasOwn(root, name)).map((name) => ({ pointer: member('', name) }))
}
