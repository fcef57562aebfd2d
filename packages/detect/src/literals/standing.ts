import type { Segment } from '@sluice/core'
import { Automaton, type Hit } from './automaton.ts'
import { type LiteralSet, sharedHits, sharedSet } from './shared.ts'

/** Whether any of some literals stands in a stretch of a text, whatever its case. */
export interface Standing {
  /** In a text that is no part of one that was read before. */
  in(text: string): boolean
  /** Asked of stretches of a whole text, which begin in order. Undefined: none stands anywhere in it. */
  within(segment: Segment, text: string): ((from: number, to: number) => boolean) | undefined
}

export function standing(literals: readonly string[]): Standing {
  const set: LiteralSet = sharedSet(literals)
  let own: Automaton | undefined
  const hitsIn = (text: string): Hit[] => {
    own ??= new Automaton(set.literals)
    return own.hits(text, 0, text.length)
  }
  return {
    in: (text) => hitsIn(text).length > 0,
    within(segment, text) {
      const hits = sharedHits(set, segment, text) ?? hitsIn(text)
      if (hits.length === 0) return undefined
      const spans = hits.map(({ at, literal }) => ({ at, end: at + (set.literals[literal]?.length ?? 0) }))
      spans.sort((a, b) => a.at - b.at || a.end - b.end)
      let first = 0
      return (from, to) => {
        while ((spans[first]?.at ?? from) < from) first++
        for (let next = first; (spans[next]?.at ?? to) < to; next++) if ((spans[next]?.end ?? to) <= to) return true
        return false
      }
    },
  }
}
