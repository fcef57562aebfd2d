import type { JsonType } from '../protocol/adapter.ts'
import type { Json, JsonObject } from '../protocol/json.ts'

/** `Array.isArray` forgets that the elements are `Json`, and does not narrow read-only arrays away. */
export function isJsonArray(value: Json | undefined): value is readonly Json[] {
  return Array.isArray(value)
}

export function isJsonObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function jsonTypeOf(value: Json): JsonType {
  if (value === null) return 'null'
  if (typeof value === 'object') return Array.isArray(value) ? 'array' : 'object'
  if (typeof value === 'string') return 'string'
  return typeof value === 'number' ? 'number' : 'boolean'
}
