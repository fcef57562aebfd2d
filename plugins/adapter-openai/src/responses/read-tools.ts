import type { Json, JsonObject, JsonPointer, Located, Place, ToolChoice, ToolDefinition, ToolSet } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asString, asText, member } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'
import { namespaceTool, serverTool, toolFamily } from './item-types.ts'
import { itemsOf } from './read-item.ts'

/** The tools of a request, and those that stand among its items. */
export function readTools(view: ViewBuilder, root: JsonObject): void {
  if (!asArray(root['tools'])) return
  view.toolSets.push(readToolSet(root, '/tools'))
  nameTools(view, root['tools'], '/tools')
}

/** Definitions that items bring: found by a search, or added by the developer in the course of a conversation. */
export function readItemTools(view: ViewBuilder, item: JsonObject, at: JsonPointer): void {
  const type = asString(item['type'])
  if ((type !== 'additional_tools' && type !== 'tool_search_output') || !asArray(item['tools'])) return
  const place = member(at, 'tools')
  view.toolSets.push({ ...readToolSet({ tools: item['tools'] ?? null }, place), inConversation: true })
  nameTools(view, item['tools'], place)
}

/** `holder` has the list as its `tools`; `at` is where that stands. */
export function readToolSet(holder: JsonObject, at: JsonPointer): ToolSet {
  const tools = itemsOf(holder['tools']).flatMap(([index, tool]) => definitionsOf(tool, member(at, index)))
  const dependents = ['tool_choice', 'parallel_tool_calls'].filter((name) => Object.hasOwn(holder, name))
  return {
    place: { pointer: at },
    tools,
    dependents: dependents.map((name) => ({ pointer: member('', name) })),
    choices: choicesOf(holder['tool_choice']),
  }
}

function definitionsOf(tool: JsonObject, at: JsonPointer): ToolDefinition[] {
  const type = asString(tool['type']) ?? ''
  if (type !== 'namespace') return [definitionOf(tool, type, { pointer: at })]
  const namespace = asString(tool['name']) ?? ''
  return itemsOf(tool['tools']).map(([index, inner]) => {
    const definition = definitionOf(inner, asString(inner['type']) ?? '', { pointer: `${at}/tools/${index}` })
    return { ...definition, calledAs: namespaceTool(namespace, definition.name), within: { pointer: at } }
  })
}

function definitionOf(tool: JsonObject, type: string, place: Place): ToolDefinition {
  const description = asString(tool['description']) ?? asString(tool['server_description'])
  const inputSchema = tool['parameters'] ?? undefined
  const details = {
    ...(description !== undefined && { description }),
    ...(inputSchema !== undefined && { inputSchema }),
  }
  // Servers that also speak chat take its shape of a function here too.
  const name = asText(tool['name']) ?? asString(asObject(tool['function'])?.['name']) ?? ''
  if (type === 'function' || type === '') return { type: 'function', name, place, ...details }
  if (type === 'custom') return { type: 'custom', name, place, ...details }
  // A hosted tool goes by its type, whatever it calls itself: what it can do hangs on that.
  const calledAs = type === 'mcp' ? serverTool(asString(tool['server_label']) ?? '') : toolFamily(type)
  const server = type === 'mcp' ? serverOf(tool) : undefined
  return { type: 'hosted', name: type, place, ...details, calledAs, ...(server && { server }) }
}

function serverOf(tool: JsonObject): NonNullable<ToolDefinition['server']> {
  const url = asText(tool['server_url'])
  const connector = asText(tool['connector_id']) ?? asText(tool['tunnel_id'])
  return { ...(url !== undefined && { url }), ...(connector !== undefined && { connector }) }
}

/** What a choice of a tool names it by: the same as a definition's `calledAs`, or its name. */
function chosen(tool: JsonObject): string {
  const type = asString(tool['type']) ?? ''
  const name = asString(tool['name']) ?? ''
  if (type === 'mcp') return serverTool(asString(tool['server_label']) ?? '')
  if (type !== 'function' && type !== 'custom' && type !== '') return toolFamily(type)
  const namespace = asText(tool['namespace'])
  return namespace === undefined ? name : namespaceTool(namespace, name)
}

function choicesOf(value: Json | undefined): readonly ToolChoice[] {
  const choice = asObject(value)
  if (!choice) return []
  const container: Place = { pointer: '/tool_choice' }
  const allowed = asString(choice['type']) === 'allowed_tools' ? choice['tools'] : undefined
  if (allowed === undefined) return [{ container, names: [{ value: chosen(choice), place: container }] }]
  const names: Located<string>[] = itemsOf(allowed).map(([index, tool]) => {
    return { value: chosen(tool), place: { pointer: member('/tool_choice/tools', index) } }
  })
  return names.length === 0 ? [] : [{ container, names }]
}

/** Every string of a definition reaches the model, or whoever runs the tool. */
function nameTools(view: ViewBuilder, tools: Json | undefined, at: JsonPointer): void {
  for (const [index, tool] of itemsOf(tools)) {
    const pointer = member(at, index)
    const name = asString(tool['name']) ?? asString(tool['type']) ?? ''
    const isHosted = asText(tool['name']) === undefined
    for (const leaf of stringLeaves(tool, pointer)) {
      const last = leaf.name
      // A hosted tool may run on a model of its own, at any depth of its settings.
      if (isHosted && last === 'model') view.model({ pointer: leaf.pointer }, leaf.text)
      // What the provider fetches for a tool, or calls to run it.
      const isAddress = isHosted && /^(?:image|file|server)_url$/.test(last) && !/^data:/i.test(leaf.text)
      if (isAddress) view.fetched.push({ value: leaf.text, place: { pointer: leaf.pointer } })
      view.text('tool-definition', 'operator', { pointer: leaf.pointer }, leaf.text, { tool: { name } })
      readToolReference(view, leaf.pointer, leaf.text)
    }
  }
}

const REFERENCES: readonly (readonly [RegExp, string])[] = [
  [/\/(?:file_ids\/\d+|file_id)$/, 'file'],
  [/\/vector_store_ids\/\d+$/, 'vector_store'],
  [/\/container$|\/container_id$/, 'container'],
  [/\/skill_id$/, 'skill'],
]

/** Files and the like that a hosted tool works on lie with the provider. */
function readToolReference(view: ViewBuilder, pointer: JsonPointer, id: string): void {
  // Ids stand near the root of a definition; to write long pointers out takes time.
  if (pointer.length > 256) return
  const kind = REFERENCES.find(([pattern]) => pattern.test(pointer))?.[1]
  if (kind === undefined) return
  view.references.push({ kind, id, place: { pointer }, use: 'input' })
  view.opaque.push({ place: { pointer }, content: 'file', reason: 'a file that lies with the provider' })
}
