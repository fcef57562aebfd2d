import { type OptionsSchema, Type } from '@sluice/core'

export interface StoreSqliteOptions {
  /** The database file, relative to the configuration's folder. `:memory:` keeps nothing. */
  readonly path: string
}

export const optionsSchema: OptionsSchema<StoreSqliteOptions> = Type.Object(
  {
    path: Type.String({
      minLength: 1,
      default: '.sluice/sluice.db',
      description: "The database file, relative to the configuration's folder. `:memory:` keeps nothing.",
    }),
  },
  { additionalProperties: false },
)
