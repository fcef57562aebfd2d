import { charSet, type PatternRule, passesLuhn } from '@sluice/detect'
import { numberGate } from '../number-gate.ts'
import type { PiiType } from '../types.ts'

/** ISO/IEC 7812-1: 13 to 19 digits with a check digit, alone or in the groups that cards are printed in. */
export const cardRules: readonly PatternRule<PiiType>[] = [
  {
    name: 'card-number',
    type: 'FINANCIAL_CARD_NUMBER',
    confidence: 0.9,
    anchor: { type: 'gate', gate: numberGate },
    boundary: charSet('A-Za-z0-9_\\-'),
    context: 2,
    pattern:
      /(?:\d{4}(?<four>[ -])\d{4}\k<four>\d{4}\k<four>\d{4}(?:\k<four>\d{3})?|3\d{3}(?<six>[ -])\d{6}\k<six>\d{4,5}|\d{13,19})(?![\dA-Za-z_]|[-.]\d)/,
    length: 26,
    stop: /[^\d. -]/,
    accept: ({ value, before }) => {
      const digits = value.replace(/[ -]/g, '')
      // After a decimal point it is a fraction.
      return !/\d\.$/.test(before) && issuers.some((issuer) => issuer.test(digits)) && passesLuhn(digits)
    },
  },
]

/** Issuer identification ranges as the networks publish them. */
const issuers: readonly RegExp[] = [
  /^4(?:\d{12}|\d{15}|\d{18})$/, // Visa
  /^(?:5[1-5]\d{2}|222[1-9]|22[3-9]\d|2[3-6]\d{2}|27[01]\d|2720)\d{12}$/, // Mastercard
  /^3[47]\d{13}$/, // American Express
  /^(?:6011|64[4-9]\d|65\d{2})\d{12,15}$/, // Discover
  /^35(?:2[89]|[3-8]\d)\d{12,15}$/, // JCB
  /^3(?:0[0-59]|[689]\d)\d{11,16}$/, // Diners Club
  /^62\d{14,17}$/, // UnionPay
  /^(?:5018|5020|5038|5893|6304|6759|676[1-3])\d{9,15}$/, // Maestro
]
