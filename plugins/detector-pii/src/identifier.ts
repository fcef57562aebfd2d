import type { Severity } from '@sluice/core'
import { charSet, type PatternRule, type Verdict } from '@sluice/detect'
import { letterGate } from './gates/letter-gate.ts'
import { numberGate } from './gates/number-gate.ts'
import type { Region } from './options.ts'
import { type PiiType, piiTypes } from './types.ts'

/** What a finding rests on; told in its `data`. */
export type Evidence = 'checksum' | 'pattern'

export interface PiiRule extends PatternRule<PiiType> {
  /** ISO 3166-1 alpha-2 of the country whose identifier it is; absent: of the whole world. */
  readonly region?: Region
  readonly evidence: Evidence
  /** Keys of the gate under which the rule is tried; absent: wherever the gate reports. */
  readonly shapes?: readonly string[]
  /** Words near a value that say what it is. */
  readonly words?: RegExp
  /** A finding of this confidence or more was made with a word that says what it is. */
  readonly withWords?: number
}

export interface Identifier {
  readonly name: string
  readonly type: PiiType
  readonly region?: Region
  /** Which of `numberGate` (a shape that begins with a digit) or `letterGate` it hangs on. */
  readonly gate?: 'number' | 'letter'
  readonly shapes: readonly string[]
  /** Source of a regular expression; what may follow is added. Read without regard to case. At most 40 units. */
  readonly pattern: string
  /** Told the value in upper case, letters and digits alone. */
  readonly check?: (compact: string) => boolean
  /** Told the value as it stands. */
  readonly written?: (value: string) => boolean
  readonly evidence?: Evidence
  /** Words near it, before or behind, that say what it is. */
  readonly words: RegExp
  /**
   * Confidence where no word says what it is. `alone`: found only where it is all of the text, as in an answer or a
   * field of a form, or a list of values; `never`: not found.
   */
  readonly bare: number | 'alone' | 'never'
  /** Confidence with a word. */
  readonly withWords?: number
}

/**
 * A national identifier as a rule. Words raise what the form, and a checksum where there is one, has found: a number
 * whose form says nothing is no finding without them, unless it is all of the text.
 */
export function identifier(one: Identifier): PiiRule {
  // Without words nothing here is worth more than MEDIUM.
  const severity = piiTypes[one.type].severity === 'LOW' ? 'LOW' : 'MEDIUM'
  const withWords = one.withWords ?? (one.check === undefined ? 0.7 : 0.9)
  return {
    name: one.name,
    type: one.type,
    ...(one.region === undefined ? {} : { region: one.region }),
    evidence: one.evidence ?? (one.check === undefined ? 'pattern' : 'checksum'),
    shapes: one.shapes,
    words: one.words,
    withWords,
    confidence: withWords,
    anchor: { type: 'gate', gate: one.gate === 'letter' ? letterGate : numberGate },
    boundary,
    context: reachBefore,
    pattern: new RegExp(`(?:${one.pattern})${end}(?=(?<after>[\\s\\S]{0,${reachAfter}}))`, 'i'),
    length: longest + reachAfter + 4,
    accept: ({ value, groups, before }) => {
      if (one.check?.(compactOf(value)) === false || one.written?.(value) === false) return false
      const after = groups['after'] ?? ''
      if (one.words.test(before) || one.words.test(after.replace(/[\d\n][\s\S]*$/, ''))) return true
      return one.bare !== 'never' && !isOneOfMany(value, before, after) && judgeBare(one.bare, severity, before, after)
    },
  }
}

export function compactOf(value: string): string {
  return value.replace(/[^A-Za-z0-9]/g, '').toUpperCase()
}

/** Units around a value in which a word counts. */
const reachBefore = 56
const reachAfter = 32
const longest = 40
const boundary = charSet('A-Za-z0-9_\\-')
const end = '(?![A-Za-z0-9_]|[-./:+]\\d|-[A-Za-z])'

function judgeBare(bare: number | 'alone', severity: Severity, before: string, after: string): Verdict {
  if (bare !== 'alone') return bare <= 0.4 ? { confidence: bare, severity: 'LOW' } : { confidence: bare, severity }
  const all = before.length < reachBefore && after.length < reachAfter && saysNothing(before) && saysNothing(after)
  return all && { confidence: 0.3, severity: 'LOW' }
}

/** Has it nothing but marks, and other values in a list? */
function saysNothing(text: string): boolean {
  return !/(?<![^\s,;])(?!and(?![^\s,;]))[^\s\d,;]*\p{L}[^\s\d,;]*(?![^\s,;])/u.test(text)
}

/** A number in a row of numbers is no identifier by its checksum alone, which one in ten has by chance. */
function isOneOfMany(value: string, before: string, after: string): boolean {
  // `It is 4111 1111 1111 1111.`: the number that goes on is no plate's.
  if (/\d$/.test(value) && /^ \d{2}/.test(after)) return true
  if (/[A-Za-z]/.test(value)) return false
  return /\d[ ,;|\t\r\n]{1,4}$/.test(before) || /^[ ,;|\t\r\n]{1,4}-?\d/.test(after)
}

/**
 * Words that say what a number is: `stems` may go on (`passport` in `passportNumber`), `short` ones stand by themselves
 * (`SSN`, `tax_id`).
 */
export function words(stems: string, short?: string): RegExp {
  const alone = short === undefined ? '' : `|(?<![A-Za-z])(?:${short})(?![A-Za-z])`
  return new RegExp(`(?:${stems})${alone}`, 'i')
}
