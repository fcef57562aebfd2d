import type { JsonPointer } from '../protocol/json.ts'
import { tokensOf } from './pointer.ts'

/**
 * Where a walk stands among pointer patterns. A deterministic automaton: one step a token, whatever the number of
 * patterns. Keys stand in a `Map`, so `__proto__` is a key like any other.
 */
export interface PatternNode<T> {
  /** Of the best pattern that matches here: token by token an exact one beats `*`, which beats `**`. */
  readonly value: T | undefined
  readonly exact: ReadonlyMap<string, PatternNode<T>>
  /** For every token not in `exact`. */
  readonly other: PatternNode<T> | undefined
  /** Everything from here down has this node's value. */
  readonly uniform: boolean
}

/** The node one token further, or undefined where no pattern goes on. */
export function stepPattern<T>(node: PatternNode<T> | undefined, token: string): PatternNode<T> | undefined {
  return node === undefined ? undefined : (node.exact.get(token) ?? node.other)
}

/** As `stepPattern` for an array index; makes no string unless a pattern names an index. */
export function stepIndex<T>(node: PatternNode<T> | undefined, index: number): PatternNode<T> | undefined {
  if (node === undefined) return undefined
  return node.exact.size === 0 ? node.other : (node.exact.get(String(index)) ?? node.other)
}

interface Branch<T> {
  readonly id: number
  value: T | undefined
  readonly exact: Map<string, Branch<T>>
  any: Branch<T> | undefined
  /** The branch of `**`, which is its own successor. */
  rest: Branch<T> | undefined
  readonly loops: boolean
}

/**
 * Compiles patterns: `*` is any one token, `**` (last token only) any number of them, none included. Of two equal
 * patterns the later counts. Returns the node of the root. Throws if `**` is not last: a mistake of an author.
 */
export function compilePatterns<T extends {}>(
  entries: readonly { readonly pointer: string; readonly value: T }[],
): PatternNode<T> {
  let branches = 0
  const branch = (loops: boolean): Branch<T> => {
    return { id: branches++, value: undefined, exact: new Map(), any: undefined, rest: undefined, loops }
  }
  const root = branch(false)
  for (const { pointer, value } of entries) {
    if (pointer !== '' && !pointer.startsWith('/')) throw new TypeError(`Pattern ${pointer} does not begin with /`)
    let at = root
    // Begins with `/` or is empty: a pointer by form.
    for (const token of tokensOf(pointer as JsonPointer)) {
      if (at.loops) throw new TypeError(`Pattern ${pointer}: ** must be the last token`)
      at = descend(at, token, branch)
    }
    at.value = value
  }
  return determine(root)
}

function descend<T>(at: Branch<T>, token: string, branch: (loops: boolean) => Branch<T>): Branch<T> {
  if (token === '**') {
    at.rest ??= branch(true)
    return at.rest
  }
  if (token === '*') {
    at.any ??= branch(false)
    return at.any
  }
  const known = at.exact.get(token)
  if (known !== undefined) return known
  const next = branch(false)
  at.exact.set(token, next)
  return next
}

interface MutableNode<T> {
  value: T | undefined
  exact: Map<string, PatternNode<T>>
  other: PatternNode<T> | undefined
  uniform: boolean
}

/** Subset construction. A set of branches is kept in order of preference, so its first value is the best. */
function determine<T>(root: Branch<T>): PatternNode<T> {
  const nodes = new Map<string, PatternNode<T>>()
  const node = (branches: readonly Branch<T>[]): PatternNode<T> => {
    // A `**` also matches where it begins; it ranks behind whatever stands there.
    const set = [
      ...new Set(branches.flatMap((branch) => (branch.rest === undefined ? [branch] : [branch, branch.rest]))),
    ]
    const id = set.map((branch) => branch.id).join()
    const known = nodes.get(id)
    if (known !== undefined) return known
    const made: MutableNode<T> = {
      value: set.find((branch) => branch.value !== undefined)?.value,
      exact: new Map(),
      other: undefined,
      uniform: false,
    }
    nodes.set(id, made)
    for (const token of new Set(set.flatMap((branch) => [...branch.exact.keys()]))) {
      made.exact.set(token, node(successors(set, token)))
    }
    const rest = successors(set, undefined)
    if (rest.length > 0) made.other = node(rest)
    made.uniform = made.exact.size === 0 && made.other === made
    return made
  }
  return node([root])
}

function successors<T>(set: readonly Branch<T>[], token: string | undefined): Branch<T>[] {
  return set.flatMap((branch) => {
    const exact = token === undefined ? undefined : branch.exact.get(token)
    return [exact, branch.any, branch.loops ? branch : undefined].filter((next) => next !== undefined)
  })
}
