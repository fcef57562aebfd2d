import { type DataClassification, type OptionsSchema, type RiskDomain, type Severity, Type } from '@sluice/core'
import { limits } from './limits.ts'

/** What every entry says of what it finds. */
export interface CustomEntry {
  /** UPPER_SNAKE: `CUSTOM_CODENAME`. Several entries may share a type. */
  readonly type: string
  readonly severity: Severity
  /** One sentence for people. */
  readonly message?: string
  /** Recorded as `data.rule`. Default `words-1`, `patterns-1`: never the word itself. */
  readonly name?: string
  /** 0 to 1. Default 1. */
  readonly confidence?: number
  /** Default `DATA_PROTECTION`. */
  readonly riskDomain?: RiskDomain
  /** UPPER_SNAKE. Default `CUSTOM_MATCH`. */
  readonly riskCategory?: string
  /** Default `NONE`. */
  readonly dataClassification?: DataClassification
}

export interface WordsEntry extends CustomEntry {
  readonly word?: string
  readonly list?: readonly string[]
  /** Default false. */
  readonly caseSensitive?: boolean
  /** No letter, digit or underscore may stand beside it. Default true. */
  readonly wholeWord?: boolean
}

export interface PatternEntry extends CustomEntry {
  /** RE2 syntax: no look-around, no back-references. */
  readonly pattern: string
  /** `i` (ignore case), `m` (`^` and `$` at lines), `s` (`.` matches line ends). */
  readonly flags?: string
}

/** Values that nobody can read in the configuration. */
export interface ExactEntry extends CustomEntry {
  /** What `sluice value-hash` prints for each value. */
  readonly hashes: readonly string[]
  /** The key they were made with: `${env:NAME}`. At least 16 characters. */
  readonly key: string
}

export interface CustomOptions {
  readonly words?: readonly WordsEntry[]
  readonly patterns?: readonly PatternEntry[]
  readonly exact?: readonly ExactEntry[]
}

const literals = <Value extends string>(values: readonly Value[]) =>
  Type.Union(values.map((value) => Type.Literal(value)))
const upperSnake = '^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$'

const entry = {
  type: Type.String({ pattern: upperSnake, maxLength: 64 }),
  severity: literals(['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']),
  message: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  name: Type.Optional(Type.String({ pattern: '^[a-z0-9]+(?:-[a-z0-9]+)*$', maxLength: 64 })),
  confidence: Type.Optional(Type.Number({ minimum: 0, maximum: 1 })),
  riskDomain: Type.Optional(
    literals(['DATA_PROTECTION', 'SYSTEM_INTEGRITY', 'AUTONOMOUS_ACTION', 'IDENTITY_TRUST', 'ADVERSARIAL']),
  ),
  riskCategory: Type.Optional(Type.String({ pattern: upperSnake, maxLength: 64 })),
  dataClassification: Type.Optional(literals(['PII', 'PHI', 'FINANCIAL', 'CREDENTIALS', 'IP', 'NONE'])),
}
const word = Type.String({ minLength: 1, maxLength: limits.word })

export const customOptions: OptionsSchema<CustomOptions> = Type.Unsafe<CustomOptions>(
  Type.Object(
    {
      words: Type.Optional(
        Type.Array(
          Type.Object(
            {
              ...entry,
              word: Type.Optional(word),
              list: Type.Optional(Type.Array(word, { minItems: 1, maxItems: limits.list })),
              caseSensitive: Type.Optional(Type.Boolean()),
              wholeWord: Type.Optional(Type.Boolean()),
            },
            { additionalProperties: false },
          ),
          { maxItems: limits.entries },
        ),
      ),
      patterns: Type.Optional(
        Type.Array(
          Type.Object(
            {
              ...entry,
              pattern: Type.String({ minLength: 1, maxLength: limits.pattern }),
              flags: Type.Optional(Type.String({ pattern: '^[ims]{0,3}$' })),
            },
            { additionalProperties: false },
          ),
          { maxItems: limits.entries },
        ),
      ),
      exact: Type.Optional(
        Type.Array(
          Type.Object(
            {
              ...entry,
              hashes: Type.Array(Type.String(), { minItems: 1, maxItems: limits.hashes }),
              key: Type.String({ minLength: 16, maxLength: 1000 }),
            },
            { additionalProperties: false },
          ),
          { maxItems: limits.exact },
        ),
      ),
    },
    { additionalProperties: false },
  ),
)
