import { charSet, type PatternRule, passesLuhn } from '@sluice/detect'
import { numberGate } from '../gates/number-gate.ts'
import { type PiiRule, words } from '../identifier.ts'
import type { PiiType } from '../types.ts'

const card: Omit<PatternRule<PiiType>, 'name' | 'confidence' | 'pattern'> = {
  type: 'FINANCIAL_CARD_NUMBER',
  anchor: { type: 'gate', gate: numberGate },
  boundary: charSet('A-Za-z0-9_\\-'),
  length: 26,
  stop: /[^\d. -]/,
}
const end = '(?![\\dA-Za-z_]|[-.]\\d)'

const namesCard = words('card|credit|debit|visa|master|amex|kreditkarte|carte (?:bancaire|de cr)|tarjeta')
const counts = ['12', '13', '14', '15', '16', '17', '18', '19']

/** ISO/IEC 7812-1: 12 to 19 digits with a check digit, alone or in the groups that cards are printed in. */
export const cardRules: readonly PiiRule[] = [
  {
    ...card,
    name: 'card-number',
    confidence: 0.9,
    evidence: 'checksum',
    shapes: [...counts, ...counts.map((count) => `${count},`), '4 ', '4-'],
    context: 2,
    pattern: new RegExp(
      `(?:\\d{4}(?<four>[ -])\\d{4}\\k<four>\\d{4}\\k<four>\\d{4}(?:\\k<four>\\d{3})?|3\\d{3}(?<six>[ -])\\d{6}\\k<six>\\d{4,5}|\\d{12,19})${end}`,
    ),
    accept: ({ value, before }) => {
      const digits = value.replace(/[ -]/g, '')
      // After a decimal point it is a fraction.
      return !/\d\.$/.test(before) && issuers.some((issuer) => issuer.test(digits)) && passesLuhn(digits)
    },
  },
  {
    // UATP and ranges that no public list has: only where words say that it is a card.
    ...card,
    name: 'card-number-in-context',
    confidence: 0.6,
    severity: 'MEDIUM',
    evidence: 'checksum',
    shapes: [...counts, '4 ', '4-'],
    words: namesCard,
    context: 48,
    pattern: new RegExp(`(?:\\d{4}(?<four>[ -])\\d{4}\\k<four>\\d{4}\\k<four>\\d{4}|\\d{12,19})${end}`),
    accept: ({ value, before }) => {
      const digits = value.replace(/[ -]/g, '')
      return /^[1-6]/.test(digits) && passesLuhn(digits) && namesCard.test(before)
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
  /^(?:2131|1800)\d{11}$/, // JCB, of old
  /^3(?:0[0-59]|[689]\d)\d{11,16}$/, // Diners Club
  /^62\d{14,17}$/, // UnionPay
  /^(?:50(?:18|20|38)|5893|6304|6759|676[1-3])\d{8,15}$/, // Maestro
  /^(?:220[0-4])\d{12}$/, // Mir
  /^(?:60[0-9]{2}|81\d{2}|82\d{2}|508\d)\d{12}$/, // RuPay
  /^(?:9792)\d{12}$/, // Troy
]

/**
 * Numbers that the networks and payment services publish for tests: Stripe, PayPal (Payflow), Adyen and Worldpay
 * documentation.
 */
export function isTestCard(value: string): boolean {
  return testCards.has(value.replace(/\D/g, ''))
}

const testCards: ReadonlySet<string> = new Set(
  (
    '4242424242424242 4000056655665556 5555555555554444 2223003122003222 5200828282828210 5105105105105100 ' +
    '378282246310005 371449635398431 378734493671000 6011111111111117 6011000990139424 6011981111111113 ' +
    '3056930009020004 36227206271667 30569309025904 38520000023237 3566002020360505 3530111333300000 ' +
    '6200000000000005 6200000000000047 4111111111111111 4012888888881881 4222222222222 4000000000000002 ' +
    '4000000000000077 4000000000000093 4000000000009995 4000002500003155 4000002760003184 4917610000000000 ' +
    '6759649826438453 5610591081018250 4444333322221111 5454545454545454 4917300800000000 6304000000000000'
  ).split(' '),
)
