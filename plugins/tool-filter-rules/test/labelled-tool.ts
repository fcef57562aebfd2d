import type { ToolDefinition } from '@sluice/core'
import type { Capability } from '../src/capability.ts'

/** A tool definition, shortened, with the capabilities that a person says it has. */
export interface LabelledTool {
  readonly name: string
  readonly type?: ToolDefinition['type']
  readonly description?: string
  /** Property names of the input, with their descriptions. */
  readonly properties?: Readonly<Record<string, string>>
  /** Properties with a list of values. */
  readonly enums?: Readonly<Record<string, readonly string[]>>
  readonly is: readonly Capability[]
}

export function definitionOf(tool: LabelledTool): ToolDefinition {
  const properties = [
    ...Object.entries(tool.properties ?? {}).map(([name, description]) => [name, { type: 'string', description }]),
    ...Object.entries(tool.enums ?? {}).map(([name, values]) => [name, { type: 'string', enum: [...values] }]),
  ]
  return {
    type: tool.type ?? 'function',
    name: tool.name,
    ...(tool.description === undefined ? {} : { description: tool.description }),
    inputSchema: { type: 'object', properties: Object.fromEntries(properties) },
    place: { pointer: '/tools/0' },
  }
}
