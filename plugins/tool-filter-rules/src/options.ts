import { type OptionsSchema, Type } from '@sluice/core'
import { type Capability, capabilities } from './capability.ts'

export interface ToolFilterRulesOptions {
  /** Globs of names that are denied, whatever else holds. Upper and lower case are one. */
  readonly deny: readonly string[]
  /** Globs of the only names that are not denied; empty: all. Upper and lower case differ. */
  readonly allow: readonly string[]
  /** Tools that can do one of these are denied. */
  readonly denyCapabilities: readonly Capability[]
}

const globs = (description: string) =>
  Type.Array(Type.String({ minLength: 1, maxLength: 256 }), { default: [], maxItems: 1_000, description })

export const optionsSchema: OptionsSchema<ToolFilterRulesOptions> = Type.Object(
  {
    deny: globs('Globs of names that are denied, whatever else holds. Upper and lower case are one.'),
    allow: globs('Globs of the only names that are not denied; empty: all. Upper and lower case differ.'),
    denyCapabilities: Type.Array(Type.Union(capabilities.map((capability) => Type.Literal(capability))), {
      default: [],
      uniqueItems: true,
      description: 'Tools that can do one of these are denied.',
    }),
  },
  { additionalProperties: false },
)
