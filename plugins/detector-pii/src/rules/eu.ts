import { digitAt, isRepeated, weigh } from '../checksums/weighted.ts'
import { isDay } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

/** Poland, Portugal, the Netherlands: one number each. */
export const euRules: readonly PiiRule[] = [
  identifier({
    // Ustawa o ewidencji ludności: weights 1 3 7 9; the century is in the month.
    name: 'pl-pesel',
    type: 'PII_PL_PESEL',
    region: 'PL',
    shapes: ['11'],
    pattern: '\\d{2}[02468][1-9]\\d{7}|\\d{2}[13579][0-2]\\d{7}',
    check: (digits) =>
      isDay(digits.slice(0, 2), String(Number(digits.slice(2, 4)) % 20).padStart(2, '0'), digits.slice(4, 6)) &&
      weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
    words: words('pesel'),
    bare: 0.4,
  }),
  identifier({
    // Decreto-Lei 14/2013: first digits by kind of payer, weights 9 to 2, modulus 11.
    name: 'pt-nif',
    type: 'PII_PT_NIF',
    region: 'PT',
    shapes: ['9', '3 '],
    pattern: '(?:[125689]\\d|45|7[0-24579])\\d{7}|[12356789]\\d{2} \\d{3} \\d{3}',
    check: (digits) => {
      const rest = weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11
      return (rest < 2 ? 0 : 11 - rest) === digitAt(digits, 8) && !isRepeated(digits)
    },
    words: words('contribuinte|identifica[çc][ãa]o fiscal', 'NIF'),
    bare: 0.3,
  }),
  identifier({
    // Rijksdienst voor Identiteitsgegevens, elfproef: weights 9 to 2 and -1.
    name: 'nl-bsn',
    type: 'PII_NL_BSN',
    region: 'NL',
    shapes: ['9', '4.'],
    pattern: '\\d{9}|\\d{4}\\.\\d{2}\\.\\d{3}',
    check: (digits) => weigh(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0 && !isRepeated(digits),
    words: words('burgerservice|sofi-?nummer', 'BSN'),
    bare: 0.3,
  }),
]
