import { type OptionsSchema, Type } from '@sluice/core'
import { type ToolAbuseType, toolAbuseTypes } from './types.ts'

export interface ToolAbuseOptions {
  /** Only these types. */
  readonly types?: readonly ToolAbuseType[]
  readonly rules?: {
    /** Names of rules, as findings give them in `data.rule`. */
    readonly disable?: readonly string[]
  }
  /** Whole commands, statements, paths and addresses that are not reported, as they are written, and hosts of addresses. */
  readonly allow?: readonly string[]
}

const names = Object.keys(toolAbuseTypes) as ToolAbuseType[] // Object.keys loses what the record's type says.

export const toolAbuseOptions: OptionsSchema<ToolAbuseOptions> = Type.Unsafe<ToolAbuseOptions>(
  Type.Object(
    {
      types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })),
      rules: Type.Optional(
        Type.Object(
          { disable: Type.Optional(Type.Array(Type.String({ minLength: 1 }))) },
          { additionalProperties: false },
        ),
      ),
      allow: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    },
    { additionalProperties: false },
  ),
)
