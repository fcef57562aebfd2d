import { type OptionsSchema, Type } from '@sluice/core'
import { type PiiType, piiTypes } from './types.ts'

export interface PiiOptions {
  /** Only these types. */
  readonly types?: readonly PiiType[]
  /** Whole values that are not reported, as they are written: `support@acme.com`. */
  readonly allow?: readonly string[]
}

const names = Object.keys(piiTypes) as PiiType[] // Object.keys loses what the record's type says.

export const piiOptions: OptionsSchema<PiiOptions> = Type.Unsafe<PiiOptions>(
  Type.Object(
    {
      types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })),
      allow: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    },
    { additionalProperties: false },
  ),
)
