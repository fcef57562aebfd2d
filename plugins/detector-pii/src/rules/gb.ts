import { weigh } from '../checksums/weighted.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const registration = words('registration|number[ _-]?plate|licen[cs]e[ _-]?plate|vehicle|\\bcar\\b', 'VRM|VRN|reg')

export const gbRules: readonly PiiRule[] = [
  identifier({
    // NHS Data Dictionary: weights 10 to 2, modulus 11.
    name: 'uk-nhs-number',
    type: 'PHI_UK_NHS_NUMBER',
    region: 'GB',
    shapes: ['10', '3 ', '3-'],
    pattern: '\\d{10}|\\d{3}(?<m>[- ])\\d{3}\\k<m>\\d{4}',
    check: (digits) => {
      const check = (11 - (weigh(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 11
      return check === Number(digits[9]) && !/^(\d)\1*$/.test(digits)
    },
    words: words('national[ _-]?health|nhs|patient[ _-]?(?:id|num)'),
    bare: 0.3,
  }),
  identifier({
    // HM Revenue & Customs, NIM39110: letters and pairs that are never given; suffix A to D.
    name: 'uk-nino',
    type: 'PII_UK_NINO',
    region: 'GB',
    gate: 'letter',
    shapes: ['2', '2-'],
    pattern:
      '(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z](?<m>[ -]?)\\d{2}\\k<m>\\d{2}\\k<m>\\d{2}\\k<m>[A-D]',
    words: words('national[ _-]?insurance|nino', 'NI'),
    bare: 0.75,
    withWords: 0.9,
  }),
  identifier({
    name: 'uk-passport',
    type: 'PII_UK_PASSPORT',
    region: 'GB',
    gate: 'letter',
    shapes: ['2'],
    pattern: '[A-Z]{2}\\d{7}',
    words: words('passport'),
    bare: 'alone',
    withWords: 0.7,
  }),
  identifier({
    name: 'uk-passport-digits',
    type: 'PII_UK_PASSPORT',
    region: 'GB',
    shapes: ['9'],
    pattern: '\\d{9}',
    words: words('(?:uk|british)[ _-]?passport'),
    bare: 'never',
  }),
  identifier({
    // DVLA: five of the surname filled with 9, year and date of birth (month plus 50 for women), initials, three more.
    name: 'uk-driving-licence',
    type: 'PII_UK_DRIVING_LICENCE',
    region: 'GB',
    gate: 'letter',
    shapes: ['2', '3', '4', '5', '1'],
    pattern:
      '(?:[A-Z]{5}|[A-Z]{4}9|[A-Z]{3}9{2}|[A-Z]{2}9{3}|[A-Z]9{4})\\d(?:0[1-9]|1[0-2]|5[1-9]|6[0-2])(?:0[1-9]|[12]\\d|3[01])\\d(?:99|[A-Z]9|[A-Z]{2})[A-Z\\d][A-Z]{2}',
    words: words('driv(?:ing|er)', 'DVLA'),
    bare: 0.7,
    withWords: 0.9,
  }),
  identifier({
    // DVLA INF104: two letters, age (02 to 29, 51 to 79), three letters; before 2001 one letter first or last.
    name: 'uk-vehicle-registration',
    type: 'PII_UK_VEHICLE_REGISTRATION',
    region: 'GB',
    gate: 'letter',
    shapes: ['2'],
    pattern: '[A-HJ-PR-Y][A-HJ-PR-Y](?:0[2-9]|[12]\\d|5[1-9]|[67]\\d) ?[A-HJ-PR-Z]{3}',
    words: registration,
    bare: 0.4,
  }),
  identifier({
    name: 'uk-vehicle-registration-old',
    type: 'PII_UK_VEHICLE_REGISTRATION',
    region: 'GB',
    gate: 'letter',
    shapes: ['1', '3', '3-'],
    pattern: '[A-HJ-NPR-TV-Y][1-9]\\d{0,2} ?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3} ?[1-9]\\d{0,2}[A-HJ-NPR-TV-Y]',
    words: words('number[ _-]?plate|licen[cs]e[ _-]?plate|(?:car|vehicle)[ _-]?reg', 'VRM|VRN'),
    bare: 'alone',
  }),
  identifier({
    // Royal Mail, PAF programmers' guide: areas without Q, V, X first; inward letters without C I K M O V.
    name: 'uk-postcode',
    type: 'PII_UK_POSTCODE',
    region: 'GB',
    gate: 'letter',
    shapes: ['1', '2'],
    pattern: '[A-PR-UWYZ](?:[A-HK-Y]\\d[ABEHMNPRV-Y\\d]?|\\d[A-HJKPSTUW\\d]?) \\d[ABD-HJLNP-UW-Z]{2}',
    words: words('post[ _-]?code|address'),
    bare: 0.4,
    withWords: 0.8,
  }),
  identifier({
    name: 'uk-postcode-joined',
    type: 'PII_UK_POSTCODE',
    region: 'GB',
    gate: 'letter',
    shapes: ['1', '2', '3'],
    pattern: '[A-PR-UWYZ](?:[A-HK-Y]\\d[ABEHMNPRV-Y\\d]?|\\d[A-HJKPSTUW\\d]?)\\d[ABD-HJLNP-UW-Z]{2}|GIR ?0AA',
    words: words('post[ _-]?code'),
    bare: 'alone',
  }),
]
