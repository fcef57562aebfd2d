import { type OptionsSchema, Type } from '@sluice/core'
import { type PiiType, piiTypes } from './types.ts'

export interface PiiOptions {
  /** Only these types. Absent: all but those that are off by default. */
  readonly types?: readonly PiiType[]
  /** Countries whose identifiers are looked for (ISO 3166-1 alpha-2), besides those of the whole world. Absent: all. */
  readonly regions?: readonly Region[]
  /** Whole values that are not reported, as they are written: `support@acme.com`. */
  readonly allow?: readonly string[]
  /** Card numbers that networks and payment services publish for tests. `report` unless said otherwise. */
  readonly testCards?: 'report' | 'ignore'
}

/** Countries that have rules of their own. */
export type Region =
  | 'AU'
  | 'BR'
  | 'CA'
  | 'DE'
  | 'ES'
  | 'FI'
  | 'FR'
  | 'GB'
  | 'IN'
  | 'IT'
  | 'JP'
  | 'KR'
  | 'MX'
  | 'NG'
  | 'NL'
  | 'PH'
  | 'PL'
  | 'PT'
  | 'SE'
  | 'SG'
  | 'TH'
  | 'TR'
  | 'US'
  | 'ZA'

const regions: readonly Region[] = [
  'AU',
  'BR',
  'CA',
  'DE',
  'ES',
  'FI',
  'FR',
  'GB',
  'IN',
  'IT',
  'JP',
  'KR',
  'MX',
  'NG',
  'NL',
  'PH',
  'PL',
  'PT',
  'SE',
  'SG',
  'TH',
  'TR',
  'US',
  'ZA',
]
const names = Object.keys(piiTypes) as PiiType[] // Object.keys loses what the record's type says.

export const piiOptions: OptionsSchema<PiiOptions> = Type.Unsafe<PiiOptions>(
  Type.Object(
    {
      types: Type.Optional(Type.Array(Type.Union(names.map((name) => Type.Literal(name))), { minItems: 1 })),
      regions: Type.Optional(Type.Array(Type.Union(regions.map((region) => Type.Literal(region))), { minItems: 1 })),
      allow: Type.Optional(Type.Array(Type.String({ minLength: 1 }))),
      testCards: Type.Optional(Type.Union([Type.Literal('report'), Type.Literal('ignore')])),
    },
    { additionalProperties: false },
  ),
)
