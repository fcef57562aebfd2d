import type { Severity } from '@sluice/core'
import type { InjectionType } from '../types.ts'

/** A rule over folded text: lower case, no accents, no apostrophes, white space one unit. */
export interface ProseRule {
  /** Recorded as `data.rule`: lower-case words with dashes. */
  readonly name: string
  readonly type: InjectionType
  /** 0 to 1. */
  readonly confidence: number
  readonly severity?: Severity
  /** The words a match begins with: it is tried where one stands. Absent: in texts of scripts that do without spaces. */
  readonly words?: readonly string[]
  /** Every quantifier in it is bounded. Sticky, where there are `words`. */
  readonly pattern: RegExp
  /** Only in text from outside: a tool's result, a document. */
  readonly external?: true
}

/**
 * A pattern over words: a space in `source` is whatever stands between two words of one sentence, `~` up to four words
 * between.
 */
export function phrase(source: string): RegExp {
  const spaced = source.replaceAll('~', `(?:${gap}[${inWord}]{1,20}){0,4}${gap}`).replaceAll(' ', gap)
  return new RegExp(`(?:${spaced})(?![${inWord}])`, 'y')
}

/** Of folded text, which has no pairs of surrogates. Without the flag `u`: it halves the speed. */
const inWord = 'a-z0-9\\u0080-\\uffff'
const gap = `[^.!?;${inWord}]{1,4}`

/** Alternatives, for use in a `phrase`. */
export function any(words: readonly string[]): string {
  return `(?:${words.join('|')})`
}
