import { type Candidate, type PatternRule, shannonEntropy, type Verdict } from '@sluice/detect'
import { looksTyped } from './typed.ts'
import type { SecretType } from './types.ts'

/** A rule with the proof that it works: a test walks the examples, and the README's table is made from `title`. */
export interface SecretRule extends PatternRule<SecretType> {
  /** Whose credential, for people. */
  readonly title: string
  /** What a finding of this rule rests on; `pattern` unless said otherwise. */
  readonly evidence?: Evidence
  readonly examples: Examples
}

/** Recorded as `data.evidence`. */
export type Evidence = 'pattern' | 'checksum' | 'entropy' | 'keyword'

/**
 * Templates, so that nothing that looks like a live credential stands in this repository: `{an:36}` becomes 36 random letters
 * and digits (`hex`, `b64`, `url`, `digit`, `upper`, `lower` likewise).
 */
export interface Examples {
  /** `[[` and `]]` stand around what must be found. */
  readonly found: readonly string[]
  readonly clean: readonly string[]
}

export interface TokenOptions {
  readonly title: string
  /** Literals a match begins with. */
  readonly prefix: string | readonly string[]
  /** What follows, as the source of a regular expression with bounded quantifiers. */
  readonly body: string
  /** UTF-16 units of the longest match. */
  readonly length: number
  readonly confidence?: number
  readonly severity?: PatternRule['severity']
  readonly type?: SecretType
  /** Bits a character that the whole needs. A placeholder such as `xxxx` has less. */
  readonly entropy?: number
  /** What every value has by chance: a capital among many letters. */
  readonly needs?: RegExp
  /** Numbers that people choose (`1234567890`) stand in it too: only chance is no reason to drop it. Default false. */
  readonly typed?: boolean
  readonly found: string | readonly string[]
  readonly clean?: string | readonly string[]
}

/** A vendor's token: a telling prefix, then a long run of `A-Za-z0-9_-` and, by its format, other characters. */
export function token(name: string, options: TokenOptions): SecretRule {
  const {
    title,
    prefix,
    body,
    length,
    confidence = 0.95,
    severity,
    type = 'CREDENTIALS_API_KEY',
    entropy = 3,
    needs,
    typed = false,
  } = options
  const literals = list(prefix)
  return {
    name,
    title,
    type,
    confidence,
    ...(severity === undefined ? {} : { severity }),
    anchor: { type: 'token', literals },
    pattern: new RegExp(`(?:${literals.map(RegExp.escape).join('|')})(?:${body})${tokenEnd}`),
    // One more for the look-ahead.
    length: length + 1,
    stop: /[^A-Za-z0-9_.~%+/=|$:-]/,
    accept: ({ value }) =>
      shannonEntropy(value) >= entropy && (typed || !looksTyped(value)) && needs?.test(value) !== false,
    examples: { found: list(options.found), clean: list(options.clean ?? []) },
  }
}

/** Fixed-length formats end where no letter or digit goes on. */
export const tokenEnd = '(?![A-Za-z0-9])'

export function hasEntropy(bits: number): (candidate: Candidate) => Verdict {
  return ({ value }) => shannonEntropy(value) >= bits && !looksTyped(value)
}

function list(value: string | readonly string[]): readonly string[] {
  return typeof value === 'string' ? [value] : value
}
