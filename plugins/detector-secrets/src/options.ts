import { type OptionsSchema, Type } from '@sluice/core'
import type { SecretType } from './types.ts'
import { secretTypes } from './types.ts'

export interface SecretsOptions {
  /** Rules, by name, that are switched off. */
  readonly rules?: { readonly disable?: readonly string[] }
  /** Whole values that are not reported: a published example, a canary of one's own. Never patterns. */
  readonly allow?: readonly string[]
  /** Only these types. */
  readonly types?: readonly SecretType[]
}

const names = Object.keys(secretTypes) as SecretType[] // Object.keys loses what the record's type says.

export const secretsOptions: OptionsSchema<SecretsOptions> = Type.Unsafe<SecretsOptions>(
  Type.Object(
    {
      rules: Type.Optional(
        Type.Object({ disable: Type.Optional(Type.Array(Type.String())) }, { additionalProperties: false }),
      ),
      allow: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
      types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })),
    },
    { additionalProperties: false },
  ),
)
