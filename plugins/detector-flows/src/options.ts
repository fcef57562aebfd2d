import { type OptionsSchema, type Severity, Type } from '@sluice/core'

/** One flow that must not be. */
export interface Flow {
  /** Recorded as `data.rule`. */
  readonly name: string
  /**
   * Where the values come from: `tool-result(GLOBS)` by the tool's name, `detected(GLOBS)` by the type of what another detector
   * found, or `user`, `assistant`, `instruction`, `tool-result`. Globs are set apart by `|`.
   */
  readonly from: string
  /** Which calls they must not reach: `tool-call(GLOBS)`. */
  readonly to: string
  /** `copied`: something of it stands in the arguments. `followed`: the call comes after it, whatever it says. Default `copied`. */
  readonly when?: 'copied' | 'followed'
  /** Names of the arguments that are looked at, as globs, at any depth. Default: all. */
  readonly arguments?: readonly string[]
  /** Whose words make a value known: what stands there too was no stranger's idea. Default: user and instruction. */
  readonly trusted?: readonly ('user' | 'instruction')[]
  /**
   * `destination-named`: a call is let through whose destinations (addresses, URLs, recipients, accounts, paths) all stand
   * in the words of those trusted. Default `destination-named`.
   */
  readonly unless?: 'destination-named' | 'never'
  readonly severity?: Severity
}

export interface FlowsOptions {
  readonly flows: readonly Flow[]
}

const closed = { additionalProperties: false } as const
const oneOf = (...values: readonly string[]) => Type.Union(values.map((value) => Type.Literal(value)))

export const flowsOptions: OptionsSchema<FlowsOptions> = Type.Unsafe<FlowsOptions>(
  Type.Object(
    {
      flows: Type.Array(
        Type.Object(
          {
            name: Type.String({ pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 64 }),
            from: Type.String(),
            to: Type.String(),
            when: Type.Optional(oneOf('copied', 'followed')),
            arguments: Type.Optional(Type.Array(Type.String({ minLength: 1 }), { minItems: 1 })),
            trusted: Type.Optional(Type.Array(oneOf('user', 'instruction'))),
            unless: Type.Optional(oneOf('destination-named', 'never')),
            severity: Type.Optional(oneOf('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
          },
          closed,
        ),
        { minItems: 1 },
      ),
    },
    closed,
  ),
)
