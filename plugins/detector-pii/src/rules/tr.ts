import { digitAt } from '../checksums/weighted.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

export const trRules: readonly PiiRule[] = [
  identifier({
    // Nüfus ve Vatandaşlık İşleri: the tenth digit from odd and even places, the eleventh from the sum.
    name: 'tr-national-id',
    type: 'PII_TR_NATIONAL_ID',
    region: 'TR',
    shapes: ['11'],
    pattern: '[1-9]\\d{9}[02468]',
    check: (digits) => {
      let odd = 0
      let even = 0
      for (let at = 0; at < 9; at++) {
        if (at % 2 === 0) odd += digitAt(digits, at)
        else even += digitAt(digits, at)
      }
      const tenth = (((odd * 7 - even) % 10) + 10) % 10
      return tenth === digitAt(digits, 9) && (odd + even + tenth) % 10 === digitAt(digits, 10)
    },
    words: words('kimlik|vatanda[şs]l[ıi]k', 'TC|T\\.C\\.|TCKN'),
    bare: 0.4,
  }),
  identifier({
    // Karayolları Trafik Yönetmeliği: province 01 to 81, one to three letters, two to five digits.
    name: 'tr-license-plate',
    type: 'PII_TR_LICENSE_PLATE',
    region: 'TR',
    shapes: ['2 ', '2a'],
    pattern: '(?:0[1-9]|[1-7]\\d|8[01]) ?[A-Z]{1,3} ?\\d{2,5}',
    words: words('plaka'),
    bare: 'alone',
    withWords: 0.8,
  }),
]
