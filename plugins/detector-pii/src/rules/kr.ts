import { digitAt, weigh } from '../checksums/weighted.ts'
import { isDayYmd } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]
const resident = words('resident[ _-]?reg|주민등록', 'RRN')
const foreigner = words('foreign|alien|외국인', 'FRN|ARC')
const birthday = (digits: string): boolean => isDayYmd(digits.slice(0, 6))

export const krRules: readonly PiiRule[] = [
  identifier({
    // 주민등록법 시행규칙: sex and century 1 to 4. Numbers given since October 2020 have no check digit.
    name: 'kr-rrn',
    type: 'PII_KR_RRN',
    region: 'KR',
    shapes: ['6-'],
    pattern: '\\d{6}-[1-4]\\d{6}',
    check: birthday,
    evidence: 'pattern',
    words: resident,
    bare: 0.6,
  }),
  identifier({
    name: 'kr-rrn-checked',
    type: 'PII_KR_RRN',
    region: 'KR',
    shapes: ['13'],
    pattern: '\\d{6}[1-4]\\d{6}',
    check: (digits) => birthday(digits) && (11 - (weigh(digits, weights) % 11)) % 10 === digitAt(digits, 12),
    words: resident,
    bare: 0.4,
  }),
  identifier({
    name: 'kr-rrn-digits',
    type: 'PII_KR_RRN',
    region: 'KR',
    shapes: ['13'],
    pattern: '\\d{6}[1-4]\\d{6}',
    check: birthday,
    evidence: 'pattern',
    words: resident,
    bare: 'alone',
  }),
  identifier({
    // 출입국관리법 시행규칙: as a resident's, sex and century 5 to 8.
    name: 'kr-frn',
    type: 'PII_KR_FRN',
    region: 'KR',
    shapes: ['6-'],
    pattern: '\\d{6}-[5-8]\\d{6}',
    check: birthday,
    evidence: 'pattern',
    words: foreigner,
    bare: 0.6,
  }),
  identifier({
    name: 'kr-frn-digits',
    type: 'PII_KR_FRN',
    region: 'KR',
    shapes: ['13'],
    pattern: '\\d{6}[5-8]\\d{6}',
    check: birthday,
    evidence: 'pattern',
    words: foreigner,
    bare: 'alone',
  }),
  identifier({
    // 국세청: weights 1 3 7 1 3 7 1 3 5, and the tens of the ninth's product.
    name: 'kr-brn',
    type: 'PII_KR_BRN',
    region: 'KR',
    shapes: ['10', '3-'],
    pattern: '\\d{3}-\\d{2}-\\d{5}|[1-9]\\d{9}',
    check: (digits) => {
      const sum = weigh(digits, [1, 3, 7, 1, 3, 7, 1, 3, 5]) + Math.floor((digitAt(digits, 8) * 5) / 10)
      return (10 - (sum % 10)) % 10 === digitAt(digits, 9)
    },
    words: words('business[ _-]?reg|사업자', 'BRN'),
    bare: 0.3,
  }),
  identifier({
    name: 'kr-driver-license',
    type: 'PII_KR_DRIVER_LICENSE',
    region: 'KR',
    shapes: ['2-'],
    pattern: '(?:1[1-9]|2[0-8])-\\d{2}-\\d{6}-\\d{2}',
    words: words('driver|licen[cs]e|운전면허'),
    bare: 0.5,
  }),
  identifier({
    // 여권법 시행령: since 2021 a letter stands fifth.
    name: 'kr-passport',
    type: 'PII_KR_PASSPORT',
    region: 'KR',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[MSRODG]\\d{3}[A-Z]\\d{4}',
    words: words('passport|여권'),
    bare: 0.4,
  }),
  identifier({
    name: 'kr-passport-old',
    type: 'PII_KR_PASSPORT',
    region: 'KR',
    gate: 'letter',
    shapes: ['1', '2'],
    pattern: '(?:[MSRODG]|PM)\\d{8}|PM\\d{7}',
    words: words('passport|여권'),
    bare: 'alone',
  }),
]
