import { type OptionsSchema, Type } from '@sluice/core'
import { type ContentType, contentTypes } from './types.ts'

export interface ContentOptions {
  /** Only these types. */
  readonly types?: readonly ContentType[]
}

const names = Object.keys(contentTypes) as ContentType[] // Object.keys loses what the record's type says.

export const contentOptions: OptionsSchema<ContentOptions> = Type.Unsafe<ContentOptions>(
  Type.Object(
    { types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })) },
    { additionalProperties: false },
  ),
)
