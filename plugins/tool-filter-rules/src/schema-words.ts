import type { Json, JsonObject } from '@sluice/core'

/** What the input schema of a tool says, flattened: where in it something stands does not matter here. */
export interface SchemaWords {
  /** Lower snake case. */
  readonly properties: ReadonlySet<string>
  readonly descriptions: readonly string[]
  readonly values: readonly string[]
  /** Values of properties that choose what the tool does (`action`, `method`). */
  readonly actions: readonly string[]
  /** False: larger than any honest definition, and not read to its end. */
  readonly complete: boolean
}

/** Objects, arrays, members and listed values. */
const maxNodes = 20_000
const actionProperties = new Set(['action', 'operation', 'op', 'command', 'mode', 'method', 'task', 'verb', 'act'])

/** Reads without recursion: a schema may nest as deep as its sender likes. */
export function schemaWords(schema: Json | undefined): SchemaWords {
  const properties = new Set<string>()
  const descriptions: string[] = []
  const values: string[] = []
  const actions: string[] = []
  const waiting: { readonly node: Json; readonly property: string | undefined }[] = []
  if (schema !== undefined) waiting.push({ node: schema, property: undefined })
  let nodes = 0
  for (let next = waiting.pop(); next !== undefined && nodes < maxNodes; next = waiting.pop(), nodes++) {
    const { node, property } = next
    if (typeof node !== 'object' || node === null) continue
    if (isArray(node)) {
      for (const element of node) waiting.push({ node: element, property })
      continue
    }
    if (typeof node['description'] === 'string') descriptions.push(node['description'])
    for (const value of [node['enum'], node['const']].flat()) {
      if (typeof value !== 'string') continue
      nodes++
      values.push(value)
      if (property !== undefined && actionProperties.has(property)) actions.push(value)
    }
    for (const [key, member] of Object.entries(node)) {
      if (key !== 'properties' || !isObject(member)) {
        if (key !== 'enum') waiting.push({ node: member, property })
        continue
      }
      for (const [name, inner] of Object.entries(member)) {
        const known = snakeCase(name)
        properties.add(known)
        waiting.push({ node: inner, property: known })
      }
    }
  }
  return { properties, descriptions, values, actions, complete: nodes < maxNodes }
}

function snakeCase(name: string): string {
  return name
    .replace(/(?<=[a-z\d])(?=[A-Z])/g, '_')
    .replace(/[\s.-]+/g, '_')
    .toLowerCase()
}

// `Array.isArray` does not narrow readonly arrays.
function isArray(value: Json): value is readonly Json[] {
  return Array.isArray(value)
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
