import type { Decision } from '../protocol/decision.ts'
import { undetected } from './decide.ts'
import { blocks, stricter } from './severity.ts'

/** One decision for what was judged in pieces: the most restrictive action of all, and everything that matched. */
export class CombinedDecision {
  private decision: Decision = undetected
  private readonly matches: Decision['matches'][number][] = []
  private readonly edits: Decision['edits'][number][] = []

  /** `edits`: those of the piece are made here, not by whoever gets the whole. */
  add(piece: Decision, { edits }: { readonly edits: boolean }): void {
    if (piece === undetected) return
    for (const match of piece.matches) this.matches.push(match)
    if (edits) for (const edit of piece.edits) this.edits.push(edit)
    const { policy, ...before } = this.decision
    const action = stricter(before.action, piece.action)
    // The policy that carried the action: of equals, the first.
    const carries = action === before.action && policy !== undefined ? policy : piece.policy
    const shadow = stricter(before.shadow, piece.shadow)
    this.decision = { ...before, action, shadow, ...(carries === undefined ? {} : { policy: carries }) }
  }

  get whole(): Decision {
    if (this.decision === undetected) return undetected
    return { ...this.decision, matches: this.matches, edits: blocks(this.decision.action) ? [] : this.edits }
  }
}
