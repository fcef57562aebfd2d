import type { Segment } from '@sluice/core'
import { oncePerText } from '../once-per-text.ts'
import { Automaton, type Hit } from './automaton.ts'

/** The literals of one scan, or of several that have the same. */
export interface LiteralSet {
  readonly key: string
  readonly literals: readonly string[]
}

interface Compiled {
  readonly automaton: Automaton
  /** For each literal of the automaton, the sets that have it and which of theirs it is. */
  readonly owners: readonly (readonly { readonly key: string; readonly literal: number }[])[]
  readonly keys: ReadonlySet<string>
}

/** Held weakly: the scans of a configuration that is gone are left out when the next one is compiled. */
const sets = new Map<string, WeakRef<LiteralSet>>()
let compiled: Compiled | undefined

/** Makes the literals part of the automaton that all scans share. Whoever holds the answer keeps them there. */
export function sharedSet(literals: readonly string[]): LiteralSet {
  const key = JSON.stringify(literals)
  const known = sets.get(key)?.deref()
  if (known !== undefined) return known
  const set = { key, literals }
  sets.set(key, new WeakRef(set))
  compiled = undefined
  return set
}

/** Where literals of the set stand in the segment's text, of one pass for all sets. Undefined: the set is younger than that. */
export function sharedHits(set: LiteralSet, segment: Segment, text: string): Hit[] | undefined {
  if (!('text' in segment) || segment.text !== text) return undefined
  const { keys, hits } = passOnce(segment, text)
  return keys.has(set.key) ? (hits.get(set.key) ?? []) : undefined
}

const passOnce = oncePerText((text) => {
  compiled ??= compile()
  const hits = new Map<string, Hit[]>()
  for (const { at, literal } of compiled.automaton.hits(text, 0, text.length)) {
    for (const owner of compiled.owners[literal] ?? []) {
      const own = hits.get(owner.key)
      if (own === undefined) hits.set(owner.key, [{ at, literal: owner.literal }])
      else own.push({ at, literal: owner.literal })
    }
  }
  return { keys: compiled.keys, hits }
})

function compile(): Compiled {
  const owners = new Map<string, { key: string; literal: number }[]>()
  const keys = new Set<string>()
  for (const [key, held] of sets) {
    const set = held.deref()
    if (set === undefined) {
      sets.delete(key)
      continue
    }
    keys.add(key)
    for (const [literal, text] of set.literals.entries())
      owners.set(text, [...(owners.get(text) ?? []), { key, literal }])
  }
  return { automaton: new Automaton([...owners.keys()]), owners: [...owners.values()], keys }
}
