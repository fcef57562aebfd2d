import type { ToolDefinition } from '../protocol/view.ts'

/** What calls and choices of a tool are told by. */
export function toldBy({ name, calledAs }: ToolDefinition): string {
  return calledAs ?? name
}
