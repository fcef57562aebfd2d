import { type OptionsSchema, Type } from '@sluice/core'
import { proseRules, rawRules } from './rules/index.ts'
import { type InjectionType, injectionTypes } from './types.ts'

export interface InjectionOptions {
  /** Only these types. */
  readonly types?: readonly InjectionType[]
  /** How much the model must see in a text to report it. `medium` unless said otherwise: README.md has the rates. */
  readonly sensitivity?: Sensitivity
  /** Rules by name, and `model` and `request-model`. */
  readonly rules?: { readonly disable?: readonly string[] }
  /** Phrases, as they are written: a finding within one is not reported. */
  readonly allow?: readonly string[]
}

/** A number is the least confidence with which the model reports, 0 to 1. */
export type Sensitivity = 'low' | 'medium' | 'high' | number

const types = Object.keys(injectionTypes) as InjectionType[] // Object.keys loses what the record's type says.
const names = [...proseRules.map(({ name }) => name), ...rawRules.map(({ name }) => name), 'model', 'request-model']

export const injectionOptions: OptionsSchema<InjectionOptions> = Type.Unsafe<InjectionOptions>(
  Type.Object(
    {
      types: Type.Optional(Type.Array(Type.Union(types.map((name) => Type.Literal(name))), { minItems: 1 })),
      sensitivity: Type.Optional(
        Type.Union([
          Type.Literal('low'),
          Type.Literal('medium'),
          Type.Literal('high'),
          Type.Number({ minimum: 0.01, maximum: 0.99 }),
        ]),
      ),
      rules: Type.Optional(
        Type.Object(
          { disable: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))))) },
          { additionalProperties: false },
        ),
      ),
      allow: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
    },
    { additionalProperties: false },
  ),
)
