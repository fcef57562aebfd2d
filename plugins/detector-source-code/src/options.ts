import { type OptionsSchema, Type } from '@sluice/core'

export interface SourceCodeOptions {
  /** Files that `sluice-source-index` made, relative to the configuration. */
  readonly index?: string | readonly string[]
  /** The key that they were made with. */
  readonly key?: string
  /** Fingerprints of the index that stand close together, from which on they are reported. Default 4. */
  readonly minFingerprints?: number
  /** Lines that they reach over. Default 3. */
  readonly minLines?: number
  /** Lines of code, registered or not, from which on a block is reported. `false`: never. Default 40. */
  readonly blockLines?: number | false
}

const file = Type.String({ minLength: 1 })

export const sourceCodeOptions: OptionsSchema<SourceCodeOptions> = Type.Unsafe<SourceCodeOptions>(
  Type.Object(
    {
      index: Type.Optional(Type.Union([file, Type.Array(file, { minItems: 1, maxItems: 16 })])),
      key: Type.Optional(Type.String({ minLength: 16, description: 'From the environment: ${env:SOURCE_CODE_KEY}.' })),
      minFingerprints: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      minLines: Type.Optional(Type.Integer({ minimum: 1, maximum: 1000 })),
      blockLines: Type.Optional(Type.Union([Type.Literal(false), Type.Integer({ minimum: 5, maximum: 1000 })])),
    },
    { additionalProperties: false },
  ),
)
