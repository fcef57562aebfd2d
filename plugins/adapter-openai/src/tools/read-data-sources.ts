import type { JsonObject, Located, ToolDefinition } from '@sluice/core'
import { stringLeaves } from '../json/leaves.ts'
import { asArray, asObject, asText, member } from '../json/read.ts'
import type { ViewBuilder } from '../view/view-builder.ts'

/**
 * Azure's "On Your Data": the provider searches these for every request and puts what it finds before the model. Tools of
 * its own, then, each with a server that is told everything the search needs.
 */
export function readDataSources(view: ViewBuilder, root: JsonObject): void {
  const sources = asArray(root['data_sources'])
  if (!sources) return
  const tools: ToolDefinition[] = []
  for (const [index, item] of sources.entries()) {
    const source = asObject(item)
    if (!source) continue
    const pointer = member('/data_sources', index)
    const name = asText(source['type']) ?? 'data_source'
    const addresses: Located<string>[] = []
    for (const { pointer: at, text, name: last } of stringLeaves(source, pointer)) {
      view.text('tool-definition', 'operator', { pointer: at }, text, { tool: { name } })
      if (last === 'deployment_name') view.model({ pointer: at }, text)
      if (ADDRESS.test(last)) addresses.push({ value: text, place: { pointer: at } })
    }
    view.fetched.push(...addresses)
    view.opaque.push({ place: { pointer }, content: 'file', reason: 'what a data source answers is not read' })
    const [address, ...others] = addresses
    // With several, or with none, it cannot be said whose server it is.
    const server = address !== undefined && others.length === 0 ? { url: address.value } : {}
    tools.push({ type: 'hosted', name, server, place: { pointer } })
  }
  const place = { pointer: '/data_sources' } as const
  view.toolSets.push({ place, tools, dependents: [], choices: [] })
}

const ADDRESS = /^(?:endpoint|url|uri)$/i
