import type { Json, JsonObject, JsonPointer } from '../protocol/json.ts'
import { type PatternNode, stepIndex, stepPattern } from './pattern.ts'
import { escapeToken } from './pointer.ts'
import { isJsonArray } from './type.ts'

/** `pointer` makes the pointer when asked; it is valid only until the call returns. */
export type LeafVisit = (text: string, pointer: () => JsonPointer) => void

/**
 * Visits every string of a JSON value, in order, except where `ignores` (the root's node) has a value. `onKey` is told
 * of every member name in the same way, before the member's value. Numbers cost a type check, no more. What is in `apart`
 * is not entered.
 */
export function stringLeaves(
  value: Json,
  ignores: PatternNode<unknown> | undefined,
  onString: LeafVisit,
  onKey?: LeafVisit,
  apart?: ReadonlySet<Json | undefined>,
): void {
  // One entry a level: the container, its keys if it is an object, how far it was read, where the patterns stand.
  const containers: (readonly Json[] | JsonObject)[] = []
  const keys: (readonly string[] | undefined)[] = []
  const next: number[] = []
  const nodes: (PatternNode<unknown> | undefined)[] = []
  const pointer = (): JsonPointer => {
    let made: JsonPointer = ''
    for (let level = 0; level < keys.length; level++) {
      const at = next[level] ?? 0
      made = `${made}/${escapeToken(keys[level]?.[at] ?? String(at))}`
    }
    return made
  }

  const enter = (container: Json, node: PatternNode<unknown> | undefined): void => {
    if (typeof container !== 'object' || container === null || apart?.has(container)) return
    if (node?.uniform && node.value !== undefined) return
    containers.push(container)
    keys.push(isJsonArray(container) ? undefined : Object.keys(container))
    next.push(-1)
    nodes.push(node)
  }

  if (typeof value === 'string') {
    if (ignores?.value === undefined) onString(value, pointer)
    return
  }
  enter(value, ignores)
  for (let level = 0; level >= 0; level = containers.length - 1) {
    const container = containers[level]
    const names = keys[level]
    const node = nodes[level]
    let at = (next[level] ?? 0) + 1
    let element: Json | undefined
    if (isJsonArray(container)) {
      // Runs of numbers are passed without touching the stack.
      while (isSilent(container[at])) at++
      element = container[at]
    } else {
      const name = names?.[at]
      element = name === undefined ? undefined : container?.[name]
    }
    next[level] = at
    if (element === undefined) {
      containers.pop()
      keys.pop()
      next.pop()
      nodes.pop()
      continue
    }
    const name = names?.[at]
    const child = name === undefined ? stepIndex(node, at) : stepPattern(node, name)
    if (name !== undefined && onKey !== undefined && child?.value === undefined) onKey(name, pointer)
    if (typeof element === 'string') {
      if (child?.value === undefined) onString(element, pointer)
    } else enter(element, child)
  }
}

function isSilent(element: Json | undefined): boolean {
  return typeof element === 'number' || typeof element === 'boolean' || element === null
}
