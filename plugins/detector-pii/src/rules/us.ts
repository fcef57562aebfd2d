import { passesLuhn } from '@sluice/detect'
import { weigh } from '../checksums/weighted.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const passport = words('passport|travel[ _-]?doc')
const licence = words(
  "driver'?s?[ _-]?licen[cs]e|driving[ _-]?licen[cs]e|licen[cs]e[ _-]?(?:no|num)|drv[ _-]?lic",
  'DL|DLN',
)

export const usRules: readonly PiiRule[] = [
  identifier({
    // American Bankers Association, Key to Routing Numbers: first two digits by Federal Reserve district, weights 3 7 1.
    name: 'us-routing-number',
    type: 'FINANCIAL_US_ROUTING_NUMBER',
    region: 'US',
    shapes: ['9', '4-'],
    pattern: '\\d{9}|\\d{4}-\\d{4}-\\d',
    check: (digits) =>
      /^(?:0\d|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)/.test(digits) &&
      !digits.startsWith('0000') &&
      weigh(digits, [3, 7, 1, 3, 7, 1, 3, 7, 1]) % 10 === 0,
    words: words('routing|transit[ _-]?n', 'ABA|RTN'),
    bare: 0.3,
  }),
  identifier({
    name: 'us-bank-account',
    type: 'FINANCIAL_US_BANK_ACCOUNT',
    region: 'US',
    shapes: ['8', '9', '10', '11', '12', '13', '14', '15', '16', '17'],
    pattern: '\\d{8,17}',
    words: words('bank[ _-]?acc|(?:checking|savings|deposit)[ _-]?acc|account[ _-]?(?:number|no\\b|#)', 'acct'),
    bare: 'never',
    withWords: 0.5,
  }),
  identifier({
    // IRS, Internal Revenue Manual 3.13.5: 9, and 50 to 65, 70 to 88, 90 to 92, 94 to 99 in the middle.
    name: 'us-itin',
    type: 'PII_US_ITIN',
    region: 'US',
    shapes: ['3-', '3 '],
    pattern: '9\\d\\d(?<m>[- ])(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])\\k<m>\\d{4}',
    words: words('taxpayer|tax[ _-]?id', 'ITIN|TIN'),
    bare: 0.5,
  }),
  identifier({
    name: 'us-itin-in-context',
    type: 'PII_US_ITIN',
    region: 'US',
    shapes: ['9', '3-', '5-'],
    pattern: '9\\d\\d-?(?:5\\d|6[0-5]|7\\d|8[0-8]|9[0-24-9])-?\\d{4}',
    words: words('individual[ _-]?taxpayer', 'ITIN'),
    bare: 'alone',
  }),
  identifier({
    // 45 CFR 162.406: ISO 7812 check digit over the number with the prefix 80840. Begins with 1 or 2.
    name: 'us-npi',
    type: 'PHI_US_NPI',
    region: 'US',
    shapes: ['10', '4-', '4 '],
    pattern: '[12]\\d{9}|[12]\\d{3}(?<m>[- ])\\d{3}\\k<m>\\d{3}',
    check: (digits) => passesLuhn(`80840${digits}`),
    words: words('national[ _-]?provider|provider[ _-]?(?:id|num)', 'NPI'),
    bare: 0.3,
  }),
  identifier({
    // Centers for Medicare & Medicaid Services, MBI format: no S, L, O, I, B, Z; letters second, fifth, eighth, ninth.
    name: 'us-mbi',
    type: 'PHI_US_MBI',
    region: 'US',
    shapes: ['1a'],
    pattern: `[1-9]${mbi('L')}${mbi('A')}\\d-?${mbi('L')}${mbi('A')}\\d-?${mbi('L')}{2}\\d{2}`,
    words: words('medicare|beneficiary', 'MBI|HIC'),
    bare: 0.6,
  }),
  identifier({
    // State Department: nine digits, or a letter and eight since 2021 (next generation passport).
    name: 'us-passport',
    type: 'PII_US_PASSPORT',
    region: 'US',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[A-Z]\\d{8}',
    words: passport,
    bare: 'alone',
  }),
  identifier({
    name: 'us-passport-digits',
    type: 'PII_US_PASSPORT',
    region: 'US',
    shapes: ['9'],
    pattern: '\\d{9}',
    words: passport,
    bare: 'never',
    withWords: 0.6,
  }),
  identifier({
    // AAMVA: each state has a form of its own; these are the common ones that begin with letters.
    name: 'us-driver-license',
    type: 'PII_US_DRIVER_LICENSE',
    region: 'US',
    gate: 'letter',
    shapes: ['1', '2', '3', '1-'],
    pattern: '[A-Z]\\d{6,14}|[A-Z]{2}\\d{6}[A-Z]?|[A-Z]{3}\\d{6}|[A-Z]-?\\d{3}-\\d{4}-\\d{4}',
    words: licence,
    bare: 'never',
  }),
  identifier({
    name: 'us-driver-license-alone',
    type: 'PII_US_DRIVER_LICENSE',
    region: 'US',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[A-Z]\\d{7,8}|[A-Z]\\d{11,13}',
    words: licence,
    bare: 'alone',
  }),
  identifier({
    name: 'us-driver-license-digits',
    type: 'PII_US_DRIVER_LICENSE',
    region: 'US',
    shapes: ['7', '8', '9', '10', '12'],
    pattern: '\\d{7,12}',
    words: licence,
    bare: 'never',
    withWords: 0.6,
  }),
  identifier({
    // 21 CFR 1301: registrant code, initial or 9, seven digits with a check digit.
    name: 'us-dea-number',
    type: 'PHI_US_DEA_NUMBER',
    region: 'US',
    gate: 'letter',
    shapes: ['1', '2'],
    pattern: '[A-HJ-NPR-UX][A-Z9]\\d{7}',
    check: (value) => weigh(value.slice(2), [1, 2, 1, 2, 1, 2]) % 10 === Number(value.slice(8)),
    words: words('drug[ _-]?enforcement|prescriber|medical[ _-]?(?:licen|cert)', 'DEA'),
    bare: 0.4,
  }),
]

function mbi(kind: 'A' | 'L'): string {
  return kind === 'L' ? '[AC-HJKMNP-RT-Y]' : '[AC-HJKMNP-RT-Y\\d]'
}
