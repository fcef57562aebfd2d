import type { Segment } from '@sluice/core'
import type { Gate } from '../gate.ts'
import { Automaton, type Hit } from './automaton.ts'
import { type LiteralSet, sharedHits, sharedSet } from './shared.ts'

export interface Literal {
  readonly text: string
  /** Found whatever its case. */
  readonly caseless: boolean
}

export interface LiteralGate extends Gate {
  /** All that `scan` reports of a whole text. */
  whole(segment: Segment, text: string, report: (at: number, key: string) => void): void
}

/** The key that the gate reports a literal under. */
export function keyOf({ text, caseless }: Literal): string {
  return `${caseless ? 'i' : 's'}${text}`
}

/** Reports where any of the literals begins, each with its own key, in one pass for all of them. */
export function literalGate(literals: readonly Literal[]): LiteralGate {
  const set: LiteralSet = sharedSet(literals.map(({ text }) => text))
  let own: Automaton | undefined
  const automaton = (): Automaton => {
    own ??= new Automaton(set.literals)
    return own
  }
  const width = Math.max(1, ...literals.map(({ text }) => text.length))
  return {
    width,
    context: 0,
    scan(text, from, to, report) {
      tell(automaton().hits(text, from, Math.min(text.length, to + width - 1)), text, to, report)
    },
    open: (text, from) => text.length - automaton().openAt(text, from),
    whole(segment, text, report) {
      const hits = sharedHits(set, segment, text) ?? automaton().hits(text, 0, text.length)
      tell(hits, text, text.length, report)
    },
  }

  function tell(hits: Hit[], text: string, to: number, report: (at: number, key: string) => void): void {
    if (hits.length > 1) hits.sort((a, b) => a.at - b.at || a.literal - b.literal)
    for (const { at, literal } of hits) {
      const known = literals[literal]
      if (known === undefined || at >= to || !(known.caseless || text.startsWith(known.text, at))) continue
      report(at, keyOf(known))
    }
  }
}
