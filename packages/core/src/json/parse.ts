import type { Json, JsonObject } from '../protocol/json.ts'
import { explainFault, explainHalf, explainRepeat } from './explain.ts'
import { stringEnd } from './string-end.ts'

export type ParsedJson =
  | { readonly ok: true; readonly value: Json }
  /** `message` says what and where, and quotes nothing but (of a repeated member) 40 characters of its name. */
  | { readonly ok: false; readonly message: string }

/**
 * `JSON.parse`, less what another reader could take differently: a key twice in one object, also where the two are
 * spelled apart (`"model"`, `"m\u006fdel"`), and half a surrogate pair in a name, which some replace, so that two names
 * become one. `maxDepth`: containers within each other; `[]` is one.
 */
export function parseJson(text: string, maxDepth: number): ParsedJson {
  // Before parsing: ten million brackets take `JSON.parse` seconds.
  if (isDeeper(text, maxDepth)) return { ok: false, message: `JSON is nested deeper than ${maxDepth} levels` }
  let value: Json
  try {
    // What `JSON.parse` answers is Json by definition.
    value = JSON.parse(text) as Json
  } catch {
    return { ok: false, message: explainFault(text) }
  }
  const container = typeof value === 'object' && value !== null ? value : undefined
  // Of a key that stands twice one member is left: fewer members than names.
  const members = container === undefined ? 0 : countMembers(container)
  if (members !== countNames(text)) return { ok: false, message: explainRepeat(text) }
  // Half a pair can only be spelled in escapes: valid UTF-8 has none.
  if (container !== undefined && surrogateEscape.test(text) && hasHalfName(container)) {
    return { ok: false, message: explainHalf(text) }
  }
  return { ok: true, value }
}

const surrogateEscape = /\\u[dD][89a-fA-F]/

function hasHalfName(container: readonly Json[] | JsonObject): boolean {
  if (!Array.isArray(container) && Object.keys(container).some((name) => !name.isWellFormed())) return true
  return Object.values(container).some((value) => typeof value === 'object' && value !== null && hasHalfName(value))
}

/** Members, counted in a text known to be JSON: a string that a colon follows is a name. */
function countNames(text: string): number {
  let names = 0
  for (let open = text.indexOf('"'); open !== -1; ) {
    let next = stringEnd(text, open) + 1
    let char = text.charCodeAt(next)
    while (char === 32 || char === 10 || char === 13 || char === 9) char = text.charCodeAt(++next)
    if (char === 58) names++
    open = text.indexOf('"', next)
  }
  return names
}

/** Members that the parsed value has. Recursion is bounded: the depth was checked before. */
function countMembers(container: readonly Json[] | JsonObject): number {
  let count = 0
  if (Array.isArray(container)) {
    for (let index = 0; index < container.length; index++) {
      const element = container[index]
      if (typeof element === 'object' && element !== null) count += countMembers(element)
    }
    return count
  }
  // `for in` makes no list of keys, which halves the time; what JSON.parse makes inherits nothing enumerable.
  for (const name in container) {
    count++
    const member = (container as JsonObject)[name]
    if (typeof member === 'object' && member !== null) count += countMembers(member)
  }
  return count
}

function isDeeper(text: string, maxDepth: number): boolean {
  // Each level takes two brackets, so most texts are too short, or have too few, to be too deep.
  if (text.length <= 2 * maxDepth || countOpen(text, maxDepth) <= maxDepth) return false
  let depth = 0
  for (let at = 0; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 34) {
      at = stringEnd(text, at)
      if (at === -1) return false
    } else if (char === 123 || char === 91) {
      if (++depth > maxDepth) return true
    } else if (char === 125 || char === 93) depth--
  }
  return false
}

/** Opening brackets anywhere; stops counting past `enough`. */
function countOpen(text: string, enough: number): number {
  let count = 0
  for (let at = text.indexOf('{'); at !== -1 && count <= enough; at = text.indexOf('{', at + 1)) count++
  for (let at = text.indexOf('['); at !== -1 && count <= enough; at = text.indexOf('[', at + 1)) count++
  return count
}
