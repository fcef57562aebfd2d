import { passesLuhn } from '@sluice/detect'
import { isDayDmy, isDayYmd } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

/** Sweden and Finland. */
export const nordicRules: readonly PiiRule[] = [
  identifier({
    // Skatteverket SKV 704: birthday, serial, Luhn digit over the last ten; day plus 60 for coordination numbers.
    name: 'se-personal-number',
    type: 'PII_SE_PERSONAL_NUMBER',
    region: 'SE',
    shapes: ['12', '10', '6-', '6+', '8'],
    pattern: '(?:18|19|20)\\d{6}[-+]?\\d{4}|\\d{6}[-+]?\\d{4}',
    check: (digits) => {
      const ten = digits.slice(-10)
      const day = Number(ten.slice(4, 6))
      return passesLuhn(ten) && isDayYmd(ten.slice(0, 4) + String(day > 60 ? day - 60 : day).padStart(2, '0'))
    },
    words: words('person-?nummer|samordnings', 'pnr|personnr'),
    bare: 0.4,
  }),
  identifier({
    // Lag 1974:174: the third digit is 2 or more, Luhn.
    name: 'se-organisation-number',
    type: 'PII_SE_ORGANISATION_NUMBER',
    region: 'SE',
    shapes: ['10', '6-', '12'],
    pattern: '(?:16)?[1-35-9]\\d[2-9]\\d{3}-?\\d{4}',
    check: (digits) => passesLuhn(digits.slice(-10)),
    words: words('organisations-?nummer|org-?n'),
    bare: 0.3,
  }),
  identifier({
    // Digital and Population Data Services Agency: century signs as of 2023, nine digits modulo 31.
    name: 'fi-personal-identity-code',
    type: 'PII_FI_PERSONAL_IDENTITY_CODE',
    region: 'FI',
    shapes: ['6-', '6+', '6a'],
    pattern: '\\d{6}[-+A-FU-Y]\\d{3}[\\dABCDEFHJKLMNPRSTUVWXY]',
    check: (value) => {
      // The sign may be a dash, which is left out of what is checked.
      const digits = value.slice(0, 6) + value.slice(-4, -1)
      const check = '0123456789ABCDEFHJKLMNPRSTUVWXY'[Number(digits) % 31]
      return isDayDmy(digits) && digits.slice(6) >= '002' && check === value.at(-1)
    },
    words: words('henkil[öo]tunnus|personbeteckning|personal identity code', 'hetu'),
    bare: 0.75,
    withWords: 0.9,
  }),
]
