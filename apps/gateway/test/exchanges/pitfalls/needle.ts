import type { ConfigOptions } from '../../../src/config/schema.ts'

/** What is looked for. Letters, digits and dashes only: it can stand in a path, a header and a member's name too. */
export const needle = '4111-1111-1111-1111'
export const needleType = 'FINANCIAL_CARD_NUMBER'

type Part<Name extends 'plugins' | 'policies'> = NonNullable<ConfigOptions[Name]>

export const detectors: Part<'plugins'> = [{ use: '@sluice/detector-pii' }]

/** What may be done about the needle, on either way. */
export const policies: Part<'policies'> = [
  { id: 'block-in', match: { types: [needleType], lifecycle: ['INGRESS'] }, action: 'BLOCK' },
  { id: 'block-out', match: { types: [needleType], lifecycle: ['EGRESS'] }, action: 'BLOCK' },
  { id: 'redact-in', match: { types: [needleType], lifecycle: ['INGRESS'] }, action: 'REDACT' },
  { id: 'redact-out', match: { types: [needleType], lifecycle: ['EGRESS'] }, action: 'REDACT' },
]
