import { passesLuhn } from '@sluice/detect'
import { identifier, type PiiRule, words } from '../identifier.ts'

const licence = words('patente|licen[cs]e')

export const itRules: readonly PiiRule[] = [
  identifier({
    // Decreto ministeriale 23 dicembre 1976: odd and even places; digits may stand as letters (omocodia).
    name: 'it-fiscal-code',
    type: 'PII_IT_FISCAL_CODE',
    region: 'IT',
    gate: 'letter',
    shapes: ['6', '6-'],
    pattern: `[A-Z]{6}${omocode(2)}[ABCDEHLMPRST]${omocode(2)}[A-Z]${omocode(3)}[A-Z]`,
    check: passesFiscalCode,
    words: words('codice fiscale|fiscal code', 'CF|C\\.F\\.'),
    bare: 0.8,
    withWords: 0.95,
  }),
  identifier({
    // Mistyped, or made up: its form alone says what it is meant for.
    name: 'it-fiscal-code-unchecked',
    type: 'PII_IT_FISCAL_CODE',
    region: 'IT',
    gate: 'letter',
    shapes: ['6'],
    pattern: '[A-Z]{6}\\d{2}[A-EHLMPRST](?:[04][1-9]|[1256]\\d|[37][01])[A-Z]\\d{3}[A-Z]',
    words: words('codice fiscale|fiscal code', 'CF|C\\.F\\.'),
    bare: 'alone',
    withWords: 0.6,
  }),
  identifier({
    name: 'it-vat-code',
    type: 'PII_IT_VAT_CODE',
    region: 'IT',
    shapes: ['11'],
    pattern: '\\d{7}(?:0\\d\\d|1[0-2]\\d|888|999)\\d',
    check: (digits) => passesLuhn(digits) && !digits.startsWith('0000000'),
    words: words('partita iva|p\\. ?iva|vat', 'IVA|PI'),
    bare: 0.3,
  }),
  identifier({
    name: 'it-driver-license',
    type: 'PII_IT_DRIVER_LICENSE',
    region: 'IT',
    gate: 'letter',
    shapes: ['1', '2'],
    // Two letters, seven digits, a letter; since 1999 U1, seven without vowels, a letter.
    pattern: '[A-Z]{2}\\d{7}[A-Z]|U1[B-DF-HJ-NP-TV-Z\\d]{7}[A-Z]',
    words: licence,
    bare: 0.25,
  }),
  identifier({
    name: 'it-identity-card',
    type: 'PII_IT_ID_CARD',
    region: 'IT',
    gate: 'letter',
    shapes: ['2', '2-'],
    pattern: '[A-Z]{2} ?\\d{7}|C[A-Z]\\d{5}[A-Z]{2}',
    words: words('carta d.identit|identity card', 'CIE'),
    bare: 'alone',
  }),
  identifier({
    name: 'it-passport',
    type: 'PII_IT_PASSPORT',
    region: 'IT',
    gate: 'letter',
    shapes: ['2'],
    pattern: '[A-Z]{2}\\d{7}',
    words: words('passaporto|italian passport'),
    bare: 'alone',
  }),
]

function omocode(count: number): string {
  return `[\\dLMNP-V]{${count}}`
}

function passesFiscalCode(value: string): boolean {
  let sum = 0
  for (let at = 0; at < 15; at++) {
    const unit = value.charCodeAt(at)
    const place = unit < 65 ? unit - 48 : unit - 65
    // The first place is odd.
    sum += at % 2 === 0 ? (odd[place] ?? 0) : place
  }
  return sum % 26 === value.charCodeAt(15) - 65
}

const odd = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23]
