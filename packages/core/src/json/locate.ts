import type { JsonPointer } from '../protocol/json.ts'
import { indexOfToken, tokensOf } from './pointer.ts'
import { decodeLiteral } from './scan.ts'
import { stringEnd } from './string-end.ts'

/** Where a value stands in a JSON text. Offsets are UTF-16 units of the text. */
export interface JsonLocation {
  readonly start: number
  readonly end: number
  /** The member's name with its quotes. Undefined for elements and the root. */
  readonly keyStart: number | undefined
  readonly keyEnd: number | undefined
  /** Its place among its siblings, from 0. */
  readonly index: number
  /** End of the sibling before. Undefined for the first. */
  readonly previousEnd: number | undefined
  /** Start of the sibling after, its name included. Undefined for the last. */
  readonly nextStart: number | undefined
}

interface Target {
  readonly token: string
  /** What the token is in an array, or -1. */
  readonly index: number
  readonly children: Target[]
  /** The children by token, once there is more than one. */
  byToken: Map<string, Target> | undefined
  /** The caller's indices that ask for this very place. */
  readonly wanted: number[]
}

interface Search {
  readonly text: string
  readonly found: (JsonLocation | undefined)[]
  remaining: number
}

const ROOT = { keyStart: undefined, keyEnd: undefined, previousEnd: undefined, nextStart: undefined }

/** Where `pointer` points in a text known to be JSON, or undefined. Reads no further than it must. */
export function locate(text: string, pointer: JsonPointer): JsonLocation | undefined {
  return locateAll(text, [pointer])[0]
}

/** As `locate`, for many pointers in one pass. Answers in the order of `pointers`. */
export function locateAll(text: string, pointers: readonly JsonPointer[]): (JsonLocation | undefined)[] {
  const root = targetOf('')
  for (let index = 0; index < pointers.length; index++) {
    let target = root
    for (const token of tokensOf(pointers[index] ?? '')) target = childFor(target, token)
    target.wanted.push(index)
  }
  const search: Search = { text, found: new Array(pointers.length).fill(undefined), remaining: pointers.length }
  const start = skipSpace(text, 0)
  const end = visit(search, root, start)
  if (root.wanted.length > 0) {
    const whole = { start, end: end === -1 ? skipValue(text, start) : end, index: 0, ...ROOT }
    for (const index of root.wanted) search.found[index] = whole
  }
  return search.found
}

function targetOf(token: string): Target {
  return { token, index: indexOfToken(token), children: [], byToken: undefined, wanted: [] }
}

function childFor(target: Target, token: string): Target {
  const known = target.byToken === undefined ? target.children[0] : target.byToken.get(token)
  if (known?.token === token) return known
  const child = targetOf(token)
  target.children.push(child)
  if (target.byToken !== undefined) target.byToken.set(token, child)
  else if (target.children.length > 1) target.byToken = new Map(target.children.map((each) => [each.token, each]))
  return child
}

/** The end of the value at `at`, or -1 once everything is found. Recursion is as deep as the longest pointer. */
function visit(search: Search, target: Target, at: number): number {
  const { text } = search
  const open = text.charCodeAt(at)
  if (target.children.length === 0 || (open !== 123 && open !== 91)) return skipValue(text, at)
  const object = open === 123
  let start = skipSpace(text, at + 1)
  let previousEnd: number | undefined
  for (let index = 0; ; index++) {
    const char = text.charCodeAt(start)
    if (char === 125 || char === 93 || start >= text.length) return start + 1
    let valueStart = start
    let keyEnd = 0
    let child: Target | undefined
    if (object) {
      keyEnd = endOfString(text, start)
      child = childOfKey(target, text, start, keyEnd)
      valueStart = skipSpace(text, skipSpace(text, keyEnd) + 1)
    } else child = childOfIndex(target, index)
    const end = child === undefined ? skipValue(text, valueStart) : visit(search, child, valueStart)
    if (end === -1) return -1
    const after = skipSpace(text, end)
    const next = text.charCodeAt(after) === 44 ? skipSpace(text, after + 1) : after
    if (child !== undefined && child.wanted.length > 0) {
      const location: JsonLocation = {
        start: valueStart,
        end,
        keyStart: object ? start : undefined,
        keyEnd: object ? keyEnd : undefined,
        index,
        previousEnd,
        nextStart: next === after ? undefined : next,
      }
      for (const wanted of child.wanted) search.found[wanted] = location
      search.remaining -= child.wanted.length
      if (search.remaining === 0) return -1
    }
    previousEnd = end
    start = next
  }
}

function childOfKey(target: Target, text: string, start: number, end: number): Target | undefined {
  if (target.byToken !== undefined) return target.byToken.get(decodeLiteral(text, start, end))
  const [child] = target.children
  if (child === undefined) return undefined
  // Compared in place: most keys are not the one, and none need be cut out for that.
  const extra = end - start - 2 - child.token.length
  if (extra === 0) return text.startsWith(child.token, start + 1) && !child.token.includes('\\') ? child : undefined
  return extra > 0 && decodeLiteral(text, start, end) === child.token ? child : undefined
}

function childOfIndex(target: Target, index: number): Target | undefined {
  if (target.byToken !== undefined) return target.byToken.get(String(index))
  const [child] = target.children
  return child !== undefined && child.index === index ? child : undefined
}

function skipSpace(text: string, from: number): number {
  let at = from
  for (;;) {
    const char = text.charCodeAt(at)
    if (char !== 32 && char !== 10 && char !== 13 && char !== 9) return at
    at++
  }
}

/** The end of the value that begins at `from`. */
function skipValue(text: string, from: number): number {
  const length = text.length
  let at = from
  let depth = 0
  for (; at < length; at++) {
    const char = text.charCodeAt(at)
    if (char === 34) {
      at = endOfString(text, at) - 1
      if (depth === 0) break
    } else if (char === 123 || char === 91) depth++
    else if (char === 125 || char === 93) {
      if (--depth === 0) break
    } else if (depth === 0) return endOfWord(text, at)
  }
  return at + 1
}

function endOfString(text: string, open: number): number {
  const close = stringEnd(text, open)
  return close === -1 ? text.length : close + 1
}

function endOfWord(text: string, from: number): number {
  let at = from
  for (; at < text.length; at++) {
    const char = text.charCodeAt(at)
    if (char === 44 || char === 125 || char === 93 || char === 32 || char === 10 || char === 13 || char === 9) break
  }
  return at
}
