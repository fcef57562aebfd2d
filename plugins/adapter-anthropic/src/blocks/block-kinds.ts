import type { JsonObject } from '@sluice/core'

/** It says which call it answers. */
export function isResult(block: JsonObject): boolean {
  const { type } = block
  return typeof block['tool_use_id'] === 'string' || (typeof type === 'string' && type.endsWith('tool_result'))
}

/** It has a name and an input, or says that it is one. */
export function isCall(block: JsonObject): boolean {
  const { type } = block
  return block['input'] !== undefined || (typeof type === 'string' && type.endsWith('tool_use'))
}
