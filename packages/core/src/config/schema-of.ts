import type { Static, TObject } from '@sinclair/typebox'

type Frozen<T> = T extends readonly (infer Item)[]
  ? readonly Frozen<Item>[]
  : T extends object
    ? { readonly [Key in keyof T]: Frozen<T[Key]> }
    : T

/** `unknown` where both say the same, whatever either says of mutability; `never` where they do not. */
type Same<Schema, Written> = [Frozen<Schema>] extends [Frozen<Written>]
  ? [Frozen<Written>] extends [Frozen<Schema>]
    ? unknown
    : never
  : never

/** Ties a schema to the type written by hand: a member that only one of the two has does not compile. */
export function schemaOf<Written>(): <Schema extends TObject>(
  schema: Schema & Same<Static<Schema>, Written>,
) => TObject & { static: Written } {
  // `static` exists for the compiler alone, and Same has just shown that it is `Written`.
  return (schema) => schema as unknown as TObject & { static: Written }
}
