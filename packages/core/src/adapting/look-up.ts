import type { Body } from '../protocol/body.ts'
import type { Json, JsonObject, JsonPointer } from '../protocol/json.ts'

// A body is whatever the other side sent: every look into it asks for a type and gets `undefined` where there is another.

export function asObject(value: Json | undefined): JsonObject | undefined {
  // `Array.isArray` does not narrow readonly arrays away.
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : undefined
}

export function asArray(value: Json | undefined): readonly Json[] | undefined {
  return Array.isArray(value) ? value : undefined
}

/** A list's elements; none where there is no list. */
export function elementsOf(value: Json | undefined): readonly Json[] {
  return asArray(value) ?? noElements
}

const noElements: readonly Json[] = []

export function asString(value: Json | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}

export function asText(value: Json | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined
}

export function asCount(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : undefined
}

/** The root of a JSON body, where it is an object. */
export function rootOf(body: Body): JsonObject | undefined {
  return body.type === 'json' ? asObject(body.value) : undefined
}

/** The pointer of a member (RFC 6901 escapes `~` and `/`). */
export function member(parent: JsonPointer, name: string | number): JsonPointer {
  if (typeof name === 'number') return `${parent}/${name}`
  return `${parent}/${name.includes('~') || name.includes('/') ? escapeName(name) : name}`
}

function escapeName(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1')
}

/** Text as JSON; `undefined` where it is none. */
export function jsonIn(text: string): Json | undefined {
  try {
    // `JSON.parse` gives a Json and nothing else.
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

/** The depth that the gateway takes in a body. Deeper values overflow the stack of `JSON.stringify`, at great cost. */
const MAX_DEPTH = 512

/** A JSON value as text; `''` where it is nested deeper than any body may be. */
export function jsonText(value: Json): string {
  let level: readonly Json[] = [value]
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) return ''
    level = level.flatMap((item) => (typeof item === 'object' && item !== null ? Object.values(item) : []))
  }
  return JSON.stringify(value)
}
