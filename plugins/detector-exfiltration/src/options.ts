import { type OptionsSchema, Type } from '@sluice/core'
import { type ExfiltrationType, exfiltrationTypes } from './types.ts'

export interface ExfiltrationOptions {
  /** Only these types. */
  readonly types?: readonly ExfiltrationType[]
  /** Hosts whose URLs are not judged: `cdn.example.com`, or with `*` for any run of characters: `*.example.com`. */
  readonly allowHosts?: readonly string[]
  /** Whether URLs of public services that draw what their URL says (badges, diagrams, formulas) are not judged. */
  readonly trustRenderers?: boolean
}

const names = Object.keys(exfiltrationTypes) as ExfiltrationType[] // Object.keys loses what the record's type says.

export const exfiltrationOptions: OptionsSchema<ExfiltrationOptions> = Type.Unsafe<ExfiltrationOptions>(
  Type.Object(
    {
      types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })),
      allowHosts: Type.Optional(Type.Array(Type.String({ minLength: 1, maxLength: 253 }))),
      trustRenderers: Type.Optional(Type.Boolean({ default: true })),
    },
    { additionalProperties: false },
  ),
)
