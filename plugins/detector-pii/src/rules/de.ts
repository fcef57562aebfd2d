import { passesMod11And10 } from '../checksums/iso7064.ts'
import { weigh, weighCrossSums } from '../checksums/weighted.ts'
import { isDayDmy } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const idCard = words('personalausweis|ausweis(?:nummer|nr)|identity[ _-]?card|id[ _-]?card', 'Ausweis')
const tax = words('steuer|tax[ _-]?(?:id|num|no)|finanzamt', 'IdNr|TIN|St\\.?-?Nr\\.?')

export const deRules: readonly PiiRule[] = [
  identifier({
    // § 139b AO and the Federal Central Tax Office's description: eleven digits, ISO 7064 MOD 11,10, no leading 0.
    name: 'de-tax-id',
    type: 'PII_DE_TAX_ID',
    region: 'DE',
    shapes: ['11', '2 '],
    pattern: '[1-9]\\d{10}|[1-9]\\d \\d{3} \\d{3} \\d{3}',
    check: (digits) => passesMod11And10(digits),
    words: tax,
    bare: 0.3,
  }),
  identifier({
    name: 'de-tax-number',
    type: 'PII_DE_TAX_NUMBER',
    region: 'DE',
    shapes: ['2/', '3/'],
    pattern: '\\d{2}/\\d{3,4}/\\d{4,5}|\\d{3}/\\d{3,4}/\\d{4,5}',
    words: tax,
    bare: 0.3,
  }),
  identifier({
    // ELSTER: the federal state's two digits first in thirteen.
    name: 'de-tax-number-elster',
    type: 'PII_DE_TAX_NUMBER',
    region: 'DE',
    shapes: ['13'],
    pattern: '(?:0[1-9]|1[0-6])\\d{11}',
    words: tax,
    bare: 'alone',
  }),
  identifier({
    // § 27a UStG; the check digit is that of ISO 7064 MOD 11,10 (European Commission, VIES algorithms).
    name: 'de-vat-id',
    type: 'PII_DE_VAT_ID',
    region: 'DE',
    gate: 'letter',
    shapes: ['2', '2-'],
    pattern: 'DE[ .-]?[1-9]\\d{2}[ .]?\\d{3}[ .]?\\d{3}',
    check: (value) => passesMod11And10(value.slice(2)),
    words: words('ust|umsatzsteuer', 'VAT'),
    bare: 0.75,
    withWords: 0.9,
  }),
  identifier({
    // ICAO 9303 check digit over eight characters; the consonants that the federal printer uses.
    name: 'de-id-card',
    type: 'PII_DE_ID_CARD',
    region: 'DE',
    gate: 'letter',
    shapes: ['1', '2', '3', '4'],
    pattern: '[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ\\d]{7}\\d',
    check: (value) => value.replace(/\D/g, '').length > 2 && passesMachineReadable(value),
    words: idCard,
    bare: 0.3,
  }),
  identifier({
    name: 'de-id-card-old',
    type: 'PII_DE_ID_CARD',
    region: 'DE',
    gate: 'letter',
    shapes: ['1'],
    pattern: 'T\\d{8}',
    words: idCard,
    bare: 'alone',
  }),
  identifier({
    name: 'de-passport',
    type: 'PII_DE_PASSPORT',
    region: 'DE',
    gate: 'letter',
    shapes: ['1', '2', '3', '4'],
    pattern: '[CFGHJK][CFGHJKLMNPRTVWXYZ\\d]{7}\\d',
    check: (value) => value.replace(/\D/g, '').length > 2 && passesMachineReadable(value),
    words: words('reisepass|passnummer|pass-?nr|passport'),
    bare: 0.3,
  }),
  identifier({
    // Annex 8 FeV: authority's letters, eight characters, check and copy. No public checksum.
    name: 'de-driver-license',
    type: 'PII_DE_DRIVER_LICENSE',
    region: 'DE',
    gate: 'letter',
    shapes: ['1', '2'],
    pattern: '[A-Z][A-Z\\d]\\d{8}[A-Z\\d]',
    words: words('f(?:ü|ue)hrerschein|fahrerlaubnis|driv(?:er|ing)'),
    bare: 'alone',
  }),
  identifier({
    // § 290 SGB V: letter as two digits, weights 1 2, cross sums, modulus 10.
    name: 'de-health-insurance',
    type: 'PHI_DE_HEALTH_INSURANCE',
    region: 'DE',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[A-Z]\\d{9}',
    check: (value) => weighCrossSums(spelled(value, 0), [1, 2, 1, 2, 1, 2, 1, 2, 1, 2]) % 10 === Number(value[9]),
    words: words('krankenversicher|krankenkasse|versicherten|gesundheitskarte|health[ _-]?insur', 'eGK|KVNR'),
    bare: 0.4,
  }),
  identifier({
    // § 147 SGB VI and VKVV: area, birthday, letter, serial, check.
    name: 'de-social-security',
    type: 'PII_DE_SOCIAL_SECURITY',
    region: 'DE',
    shapes: ['8a', '2 '],
    pattern: '(?:0[2-9]|[1-8]\\d) ?\\d{6} ?[A-Z] ?\\d{3}',
    check: (value) =>
      isDayDmy(value.slice(2, 8)) &&
      weighCrossSums(spelled(value, 8), [2, 1, 2, 5, 7, 1, 2, 1, 2, 1, 2, 1]) % 10 === Number(value[11]),
    words: words('sozialversicher|rentenversicher|versicherungsn', 'RVNR|SVNR|SV-Nr'),
    bare: 0.7,
  }),
  identifier({
    // KBV, Arztnummern: weights 4 9, modulus 10; the last two are the speciality.
    name: 'de-physician-number',
    type: 'PHI_DE_LANR',
    region: 'DE',
    shapes: ['9'],
    pattern: '[1-9]\\d{8}',
    check: (digits) =>
      !digits.endsWith('00') && (10 - (weigh(digits, [4, 9, 4, 9, 4, 9]) % 10)) % 10 === Number(digits[6]),
    words: words('arztnummer|arzt-?nr', 'LANR'),
    bare: 0.25,
  }),
  identifier({
    name: 'de-practice-number',
    type: 'PHI_DE_BSNR',
    region: 'DE',
    shapes: ['9'],
    // The first two are the association of physicians: KBV, Betriebsstättennummern.
    pattern: '(?:0[1-3]|17|20|31|38|46|5[12]|7[1-3]|78|83|88|9[38]|0[5-9])\\d{7}',
    words: words('betriebsst', 'BSNR'),
    bare: 'alone',
  }),
  identifier({
    // Annex 1 and 4 FZV: district, letters, digits, E or H.
    name: 'de-vehicle-registration',
    type: 'PII_DE_VEHICLE_REGISTRATION',
    region: 'DE',
    gate: 'letter',
    shapes: ['w'],
    pattern: '[A-ZÄÖÜ]{1,3}[ -][A-Z]{1,2}[ -]?[1-9]\\d{0,3}[EH]?',
    words: words('kennzeichen|nummernschild|license[ _-]?plate', 'Kfz'),
    bare: 'alone',
  }),
  identifier({
    name: 'de-commercial-register',
    type: 'PII_DE_COMMERCIAL_REGISTER',
    region: 'DE',
    gate: 'letter',
    shapes: ['3', '3-'],
    pattern: 'HR[AB][ -]?[1-9]\\d{2,5}',
    words: words('handelsregister|registergericht|amtsgericht|eingetragen'),
    bare: 0.5,
  }),
]

/** ICAO Doc 9303-3, 4.9: weights 7 3 1, letters from 10. */
function passesMachineReadable(value: string): boolean {
  let sum = 0
  for (let at = 0; at < value.length - 1; at++) {
    sum += Number.parseInt(value.charAt(at), 36) * ([7, 3, 1][at % 3] ?? 0)
  }
  return sum % 10 === Number(value.at(-1))
}

/** The letter at `at` as its place in the alphabet, two digits. */
function spelled(value: string, at: number): string {
  const place = String(value.charCodeAt(at) - 64).padStart(2, '0')
  return value.slice(0, at) + place + value.slice(at + 1)
}
