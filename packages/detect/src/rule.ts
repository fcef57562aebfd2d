import type { Severity } from '@sluice/core'
import type { CharSet } from './char-set.ts'
import type { Gate } from './gate.ts'

/**
 * One pattern, searched only where its anchor stands. Everything it may look at is bounded, so that a finding is the
 * same whether the text comes whole or a character at a time.
 */
export interface PatternRule<Code extends string = string> {
  /** Recorded as `data.rule`: lower-case words with dashes, unique among the rules of one scan. */
  readonly name: string
  readonly type: Code
  /** 0 to 1. */
  readonly confidence: number
  readonly severity?: Severity
  readonly anchor: Anchor
  /**
   * Matched where the anchor begins. Quantifiers are bounded. A group named `value` is what the finding covers; without
   * one it covers the whole match and the head.
   */
  readonly pattern: RegExp
  /** UTF-16 units from the anchor's start on that the pattern may look at, look-ahead included. */
  readonly length: number
  /**
   * Nothing the pattern looks at lies beyond the end of the first match of this after the anchor's first unit. Lets a
   * candidate be decided before `length` units have come. Its matches are at most 64 units long.
   */
  readonly stop?: RegExp
  /** What stands before the anchor and belongs to the match. The anchor itself is not made of these. */
  readonly head?: { readonly chars: CharSet; readonly min: number; readonly max: number }
  /** Units that a match cannot directly follow. Letters and digits unless said otherwise. */
  readonly boundary?: CharSet
  /** Units before the match that `accept` is shown. 0 unless said otherwise, at most 256. */
  readonly context?: number
  /** A `generic` finding gives way to one of another type that covers it. */
  readonly rank?: 'specific' | 'generic'
  /** The last word: checksum, entropy, context. Must depend on the candidate alone. */
  readonly accept?: (candidate: Candidate) => Verdict
}

export type Anchor =
  /** Literals of at least 2 units after which, themselves included, at least 20 of `A-Za-z0-9_-` follow in a row. */
  | { readonly type: 'token'; readonly literals: readonly string[] }
  /** Literals that are rare in ordinary text. `caseless`: whatever their case, as the pattern then must be. */
  | { readonly type: 'literal'; readonly literals: readonly string[]; readonly caseless?: true }
  /** Rules that share a gate share its pass over the text. `key`: tried only where the gate reports this key. */
  | { readonly type: 'gate'; readonly gate: Gate; readonly key?: string }

export interface Candidate {
  /** What the finding would cover. */
  readonly value: string
  readonly groups: Readonly<Record<string, string | undefined>>
  /** The `context` units before the match, fewer at the start of the text. */
  readonly before: string
}

/** `false` rejects; an object overrides what the rule says. `units`: only so many of the value's belong to the finding. */
export type Verdict = boolean | { readonly confidence?: number; readonly severity?: Severity; readonly units?: number }
