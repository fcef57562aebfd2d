import { type OptionsSchema, Type } from '@sluice/core'
import { type Capability, capabilities } from './capability.ts'

export interface ToolFilterRulesOptions {
  /** Globs of names that are denied, whatever else holds. Upper and lower case are one. */
  readonly deny: readonly string[]
  /** Globs of the only names that are not denied; empty: all. Upper and lower case differ. */
  readonly allow: readonly string[]
  /** Tools that can do one of these are denied. */
  readonly denyCapabilities: readonly Capability[]
  /** Globs of what no call may do by its arguments: `shell.destructive`, `sql.*`, `network.metadata`. */
  readonly denyCommands: readonly string[]
  /** Hosts of the only servers that tools of the provider's may reach out to. `*.` before one: all names below it. */
  readonly allowServers: readonly string[]
  /** Ids of the only connectors that tools of the provider's may use. */
  readonly allowConnectors: readonly string[]
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
    denyCommands: Type.Array(Type.String({ pattern: '^[a-z*.-]+$', minLength: 1, maxLength: 64 }), {
      default: [],
      maxItems: 100,
      uniqueItems: true,
      description:
        'Globs of what no call may do by its arguments, such as `shell.destructive`, `sql.*` or `network.metadata`.',
    }),
    allowServers: Type.Array(
      Type.String({ pattern: '^(\\*|(\\*\\.)?[a-z0-9_-]+(\\.[a-z0-9_-]+)*)(:[0-9]{1,5})?$', maxLength: 260 }),
      {
        default: [],
        maxItems: 1_000,
        description:
          "Hosts (with a port if it is not 443) of the only servers that tools of the provider's own, such as `mcp`, may reach out to, over https. `*.` before a host stands for all names below it, `*` for any host. Empty: none.",
      },
    ),
    allowConnectors: Type.Array(Type.String({ pattern: '^[A-Za-z0-9._-]+$', maxLength: 128 }), {
      default: [],
      maxItems: 1_000,
      description: "Ids of the only connectors that tools of the provider's own may use. Empty: none.",
    }),
  },
  { additionalProperties: false },
)
