import {
  asArray,
  asObject,
  asText,
  elementsOf,
  type JsonObject,
  type JsonPointer,
  type ToolChoice,
  type ViewBuilder,
} from '@sluice/core'
import { defineTool } from './define-tool.ts'

const noServers = new Map<string, undefined>()

/** A tool that is defined in the middle of a conversation. Denied, the block that defines it goes. */
export function readAddedTool(view: ViewBuilder, block: JsonObject, at: JsonPointer): void {
  for (const [added, place] of changesIn(block, at)) {
    const definition = asObject(asObject(added['tool'])?.['definition'])
    if (!definition) continue
    const tool = { ...defineTool(view, definition, `${place}/tool/definition`, noServers), place: { pointer: place } }
    view.toolSets.push({ place: { pointer: place }, tools: [tool], dependents: [], choices: [] })
  }
}

/** Blocks of a conversation that name tools of the request's list: they go with the tool that they name. */
export function toolReferences(root: JsonObject): readonly ToolChoice[] {
  const choices: ToolChoice[] = []
  for (const [index, message] of elementsOf(root['messages']).entries()) {
    for (const [at, block] of elementsOf(asObject(message)?.['content']).entries()) {
      const object = asObject(block)
      if (!object) continue
      for (const [changed, place] of changesIn(object, `/messages/${index}/content/${at}`)) {
        const tool = asObject(changed['tool'])
        const key = asText(tool?.['server_name']) === undefined ? 'name' : 'server_name'
        const value = asText(tool?.[key])
        if (value === undefined) continue
        choices.push({
          container: { pointer: place },
          names: [{ value, place: { pointer: `${place}/tool/${key}` } }],
        })
      }
    }
  }
  return choices
}

/** The block itself where it changes a tool, and the changes that a summary carries along. */
function changesIn(block: JsonObject, at: JsonPointer): readonly (readonly [JsonObject, JsonPointer])[] {
  const changes: (readonly [JsonObject, JsonPointer])[] = asObject(block['tool']) ? [[block, at]] : []
  for (const [index, item] of (asArray(block['tool_changes']) ?? []).entries()) {
    const change = asObject(item)
    if (change && asObject(change['tool'])) changes.push([change, `${at}/tool_changes/${index}`])
  }
  return changes
}
