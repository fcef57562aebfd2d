import { passesVerhoeff } from '../checksums/verhoeff.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

const states = 'A[NPRS]|BR|C[GH]|D[DLN]|G[AJ]|H[PR]|J[HK]|K[AL]|L[AD]|M[HLNPZ]|NL|O[DR]|P[BY]|RJ|SK|T[GNRS]|U[AKP]|WB'

export const inRules: readonly PiiRule[] = [
  identifier({
    // UIDAI: twelve digits, the first 2 to 9, Verhoeff; palindromes are not given.
    name: 'in-aadhaar',
    type: 'PII_IN_AADHAAR',
    region: 'IN',
    shapes: ['12', '4 ', '4-', '4:'],
    pattern: '[2-9]\\d{3}(?<m>[ :-]?)\\d{4}\\k<m>\\d{4}',
    check: (digits) => passesVerhoeff(digits) && digits !== [...digits].reverse().join(''),
    words: words('aadhaar|aadhar|uidai', 'UID'),
    bare: 0.4,
  }),
  identifier({
    // Income Tax Department: the fourth letter says what the holder is.
    name: 'in-pan',
    type: 'PII_IN_PAN',
    region: 'IN',
    gate: 'letter',
    shapes: ['5'],
    pattern: '[A-Z]{3}[ABCFGHJLPT][A-Z]\\d{4}[A-Z]',
    words: words('permanent[ _-]?account', 'PAN'),
    bare: 0.5,
    withWords: 0.85,
  }),
  identifier({
    name: 'in-pan-alone',
    type: 'PII_IN_PAN',
    region: 'IN',
    gate: 'letter',
    shapes: ['5'],
    pattern: '[A-Z]{5}\\d{4}[A-Z]',
    words: words('permanent[ _-]?account', 'PAN'),
    bare: 'alone',
  }),
  identifier({
    // GSTN: state, PAN, entity, Z, check character in base 36.
    name: 'in-gstin',
    type: 'PII_IN_GSTIN',
    region: 'IN',
    shapes: ['2a'],
    pattern: '(?:0[1-9]|[1-2]\\d|3[0-7])[A-Z]{5}\\d{4}[A-Z][1-9A-Z]Z[\\dA-Z]',
    words: words('gst'),
    bare: 0.6,
    withWords: 0.85,
  }),
  identifier({
    name: 'in-voter-id',
    type: 'PII_IN_VOTER_ID',
    region: 'IN',
    gate: 'letter',
    shapes: ['3'],
    pattern: '[A-Z]{3}\\d{7}',
    words: words('voter|election', 'EPIC'),
    bare: 0.25,
  }),
  identifier({
    name: 'in-passport',
    type: 'PII_IN_PASSPORT',
    region: 'IN',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[A-PR-WY][1-9]\\d ?\\d{4}[1-9]',
    words: words('passport|travel[ _-]?doc'),
    bare: 'alone',
  }),
  identifier({
    // Central Motor Vehicles Rules 50: state, district, series, number.
    name: 'in-vehicle-registration',
    type: 'PII_IN_VEHICLE_REGISTRATION',
    region: 'IN',
    gate: 'letter',
    shapes: ['2', '2-'],
    pattern: `(?:${states})(?<m>[ -]?)\\d{1,2}\\k<m>[A-Z]{1,3}\\k<m>\\d{4}`,
    words: words('registration|vehicle|number[ _-]?plate|\\bbike|\\bcar\\b', 'RC'),
    bare: 0.5,
  }),
  identifier({
    name: 'in-vehicle-registration-old',
    type: 'PII_IN_VEHICLE_REGISTRATION',
    region: 'IN',
    gate: 'letter',
    shapes: ['2', '3'],
    pattern: `(?:(?:${states})[A-Z]?|[A-Z]{3})\\d{4}`,
    words: words('vehicle[ _-]?(?:reg|n)|number[ _-]?plate'),
    bare: 'alone',
  }),
]
