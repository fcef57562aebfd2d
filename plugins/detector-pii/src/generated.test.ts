import { expect, test } from 'bun:test'
import { findIn } from '@sluice/testing'
import fc from 'fast-check'
import pii from './index.ts'
import type { PiiType } from './types.ts'

const detector = await pii.create(
  {},
  {
    instance: 'pii',
    folder: '.',
    log: { debug() {}, info() {}, warn() {}, error() {} },
    signal: new AbortController().signal,
    now: () => 0,
  },
)

interface Generator {
  readonly type: PiiType
  /** Digits that are drawn, after `prefix`. */
  readonly drawn: number
  readonly prefix?: string
  /** Writes the check digits, by the book and not by the rule's own code; nothing where there are none. */
  readonly finish: (digits: string) => string | undefined
  /** Every error in one digit is noticed. Not where two remainders share a check digit, or a weight shares a factor. */
  readonly strict: boolean
}

const sum = (digits: string, weights: readonly number[]): number =>
  weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0)
const luhn = (digits: string): string => {
  const doubled = [...digits].reverse().map((digit, at) => (at % 2 === 0 ? String(2 * Number(digit)) : digit))
  const total = [...doubled.join('')].reduce((all, digit) => all + Number(digit), 0)
  return `${digits}${(10 - (total % 10)) % 10}`
}
/** The last digit makes the weighted sum a multiple of `modulus`. */
const completes =
  (weights: readonly number[], modulus: number) =>
  (digits: string): string | undefined => {
    const all = [...'0123456789'].map((last) => digits + last)
    return all.find((one) => sum(one, weights) % modulus === 0)
  }
const elevenLess =
  (weights: readonly number[]) =>
  (digits: string): string =>
    `${digits}${sum(digits, weights) % 11 < 2 ? 0 : 11 - (sum(digits, weights) % 11)}`
const count = (from: number, to: number): number[] =>
  Array.from({ length: Math.abs(to - from) + 1 }, (_, at) => (from < to ? from + at : from - at))

const generators: readonly Generator[] = [
  { type: 'FINANCIAL_CARD_NUMBER', prefix: '45', drawn: 13, finish: luhn, strict: true },
  {
    type: 'FINANCIAL_US_ROUTING_NUMBER',
    prefix: '11',
    drawn: 6,
    finish: completes([3, 7, 1, 3, 7, 1, 3, 7, 1], 10),
    strict: true,
  },
  { type: 'PHI_US_NPI', prefix: '808401', drawn: 8, finish: (digits) => luhn(digits).slice(5), strict: true },
  { type: 'PHI_UK_NHS_NUMBER', prefix: '94', drawn: 7, finish: completes(count(10, 1), 11), strict: true },
  { type: 'PII_CA_SIN', prefix: '7', drawn: 7, finish: luhn, strict: true },
  { type: 'PII_AU_TFN', prefix: '8', drawn: 7, finish: completes([1, 4, 3, 7, 5, 8, 6, 9, 10], 11), strict: true },
  { type: 'PII_AU_ACN', prefix: '0', drawn: 7, finish: completes(count(8, 1).concat(1), 10), strict: false },
  { type: 'PII_NL_BSN', prefix: '1', drawn: 7, finish: completes([9, 8, 7, 6, 5, 4, 3, 2, -1], 11), strict: true },
  { type: 'PII_PT_NIF', prefix: '2', drawn: 7, finish: elevenLess(count(9, 2)), strict: false },
  {
    type: 'PII_PL_PESEL',
    prefix: '850713',
    drawn: 4,
    finish: completes([1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1], 10),
    strict: true,
  },
  {
    type: 'PII_BR_CPF',
    prefix: '5',
    drawn: 8,
    finish: (digits) => elevenLess(count(11, 2))(elevenLess(count(10, 2))(digits)),
    strict: false,
  },
  {
    type: 'PII_JP_MY_NUMBER',
    prefix: '9',
    drawn: 10,
    finish: elevenLess([6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]),
    strict: false,
  },
  { type: 'PII_SE_PERSONAL_NUMBER', prefix: '850709', drawn: 3, finish: luhn, strict: true },
  { type: 'PII_SE_ORGANISATION_NUMBER', prefix: '556', drawn: 6, finish: luhn, strict: true },
  { type: 'PII_ZA_ID_NUMBER', prefix: '850713', drawn: 4, finish: (digits) => luhn(`${digits}08`), strict: true },
  { type: 'PII_IT_VAT_CODE', prefix: '0764', drawn: 3, finish: (digits) => luhn(`${digits}015`), strict: true },
  {
    type: 'PII_FR_NIR',
    prefix: '1850578',
    drawn: 6,
    finish: (digits) => digits + String(97 - (Number(digits) % 97)).padStart(2, '0'),
    strict: true,
  },
  {
    type: 'PII_ES_NIF',
    drawn: 8,
    finish: (digits) => digits + 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23],
    strict: true,
  },
  {
    type: 'PII_TR_NATIONAL_ID',
    prefix: '4',
    drawn: 8,
    finish: (digits) => {
      const tenth = (((sum(digits, [7, -1, 7, -1, 7, -1, 7, -1, 7]) % 10) + 10) % 10).toString()
      return `${digits}${tenth}${sum(digits + tenth, count(1, 10).fill(1)) % 10}`
    },
    strict: true,
  },
]

const typesIn = async (value: string): Promise<readonly string[]> => {
  const text = `the ${value} of`
  return (await findIn(detector, text))
    .filter(({ start, end }) => start === 4 && end === 4 + value.length)
    .map(({ type }) => type)
}

for (const { type, drawn, prefix = '', finish, strict } of generators) {
  const drawing = fc
    .array(fc.nat(9), { minLength: drawn, maxLength: drawn })
    .map((digits) => finish(prefix + digits.join('')))
  const valid = drawing.filter((value) => value !== undefined && !/^(.)\1*$/.test(value)).map(String)

  test(`${type}: what has its check digits is found`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, async (value) => expect(await typesIn(value)).toContain(type)),
      { seed: 31, numRuns: 200 },
    )
  })

  if (!strict) continue
  test(`${type}: one wrong digit is noticed`, async () => {
    await fc.assert(
      fc.asyncProperty(valid, fc.nat(), fc.integer({ min: 1, max: 9 }), async (value, place, more) => {
        const at = place % value.length
        if (!/\d/.test(value.charAt(at))) return
        const wrong = value.slice(0, at) + ((Number(value[at]) + more) % 10) + value.slice(at + 1)
        expect(await typesIn(wrong)).not.toContain(type)
      }),
      { seed: 32, numRuns: 200 },
    )
  })
}
