import { type OptionsSchema, Type } from '@sluice/core'

export interface LeakageOptions {
  /** Markers that stand in the application's instructions and in no answer. Each at least 8 characters. */
  readonly canaries?: readonly string[]
  /** Words in a row that an answer may not share with its instructions. Default 25. */
  readonly words?: number
  /** Part of an instruction (0 to 1, of its runs of 8 words) that an answer may not repeat, in whatever pieces. Default 0.5. */
  readonly part?: number
}

export const leakageOptions: OptionsSchema<LeakageOptions> = Type.Unsafe<LeakageOptions>(
  Type.Object(
    {
      canaries: Type.Optional(Type.Array(Type.String({ minLength: 8, maxLength: 256 }), { maxItems: 64 })),
      words: Type.Optional(Type.Integer({ minimum: 8, maximum: 1000, default: 25 })),
      part: Type.Optional(Type.Number({ minimum: 0.1, maximum: 1, default: 0.5 })),
    },
    { additionalProperties: false },
  ),
)
