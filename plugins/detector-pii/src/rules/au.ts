import { digitAt, isRepeated, weigh } from '../checksums/weighted.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

export const auRules: readonly PiiRule[] = [
  identifier({
    // Australian Taxation Office: weights 1 4 3 7 5 8 6 9 10, modulus 11.
    name: 'au-tfn',
    type: 'PII_AU_TFN',
    region: 'AU',
    shapes: ['9', '3 '],
    pattern: '\\d{3}(?<m> ?)\\d{3}\\k<m>\\d{3}',
    check: (digits) => weigh(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0 && !isRepeated(digits),
    words: words('tax[ _-]?file', 'TFN'),
    bare: 0.3,
  }),
  identifier({
    // Australian Business Register: one less in the first digit, modulus 89.
    name: 'au-abn',
    type: 'PII_AU_ABN',
    region: 'AU',
    shapes: ['11', '2 '],
    pattern: '[1-9]\\d(?<m> ?)\\d{3}\\k<m>\\d{3}\\k<m>\\d{3}',
    check: (digits) => (weigh(digits, [10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19]) - 10) % 89 === 0,
    words: words('business[ _-]?num', 'ABN'),
    bare: 0.4,
  }),
  identifier({
    // Australian Securities and Investments Commission: weights 8 to 1, complement to 10.
    name: 'au-acn',
    type: 'PII_AU_ACN',
    region: 'AU',
    shapes: ['9', '3 '],
    pattern: '\\d{3}(?<m> ?)\\d{3}\\k<m>\\d{3}',
    check: (digits) =>
      (10 - (weigh(digits, [8, 7, 6, 5, 4, 3, 2, 1]) % 10)) % 10 === digitAt(digits, 8) && !isRepeated(digits),
    words: words('company[ _-]?num', 'ACN'),
    bare: 0.25,
  }),
  identifier({
    // Services Australia: weights 1 3 7 9; the tenth is the issue, an eleventh the person.
    name: 'au-medicare',
    type: 'PHI_AU_MEDICARE',
    region: 'AU',
    shapes: ['10', '4 ', '4-', '11'],
    pattern: '[2-6]\\d{3}(?<m>[ -]?)\\d{5}\\k<m>[1-9](?:[/-]?[1-9])?',
    check: (digits) => weigh(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8),
    words: words('medicare'),
    bare: 0.3,
  }),
]
