import { passesLuhn } from '@sluice/detect'
import { passesVerhoeff } from '../checksums/verhoeff.ts'
import { isDayYmd } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

/** South Africa and Nigeria. */
export const africaRules: readonly PiiRule[] = [
  identifier({
    // Identification Act 68 of 1997: birthday, serial, citizen 0, resident 1, refugee 2, Luhn.
    name: 'za-id-number',
    type: 'PII_ZA_ID_NUMBER',
    region: 'ZA',
    shapes: ['13', '6 '],
    pattern: '\\d{6}(?<m> ?)\\d{4}\\k<m>[0-2]\\d\\d',
    check: (digits) => isDayYmd(digits) && passesLuhn(digits),
    words: words('south african|identity n|\\bid n', 'RSA'),
    bare: 0.4,
  }),
  identifier({
    // National Identity Management Commission: eleven digits, Verhoeff.
    name: 'ng-nin',
    type: 'PII_NG_NIN',
    region: 'NG',
    shapes: ['11'],
    pattern: '[1-9]\\d{10}',
    check: passesVerhoeff,
    words: words('national identi(?:ty|fication) n', 'NIN|NIMC'),
    bare: 0.3,
  }),
  identifier({
    // Federal Road Safety Corps: local government, serial, year and batch.
    name: 'ng-vehicle-registration',
    type: 'PII_NG_VEHICLE_REGISTRATION',
    region: 'NG',
    gate: 'letter',
    shapes: ['3-'],
    pattern: '[A-Z]{3}-\\d{3} ?[A-Z]{2}',
    words: words('number plate|vehicle reg|plate n'),
    bare: 0.3,
  }),
]
