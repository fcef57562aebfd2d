import type { Sendable } from '@sluice/testing'

/** What a provider sends. */
export interface Answer {
  /** Default 200. */
  readonly status?: number
  /** Default `application/json`; `''` for none. */
  readonly type?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body: Sendable
}

/**
 * `judged`: read whole, and given only if no rule acts on it. `observed`: given as it comes, read when it has ended.
 * `refused`: 502 where a rule could act, whatever it says; where none could, given as it came.
 */
export type AnswerOutcome = 'judged' | 'observed' | 'refused'

export interface AnswerCase {
  /** As docs/encodings.md has it. */
  readonly what: string
  /** The client asked for a stream. Default false. */
  readonly stream?: boolean
  /** The answer that says these words. */
  readonly answer: (words: string) => Answer
  readonly outcome: AnswerOutcome
  /** What the record calls not inspected where it was given all the same. */
  readonly notInspected?: string
}

export interface AnswerSection {
  readonly title: string
  readonly cases: readonly AnswerCase[]
}
