import { identifier, type PiiRule, words } from '../identifier.ts'

export const esRules: readonly PiiRule[] = [
  identifier({
    // Real Decreto 1553/2005: the letter is the number modulo 23.
    name: 'es-nif',
    type: 'PII_ES_NIF',
    region: 'ES',
    shapes: ['8', '8a', '7', '7a'],
    pattern: '\\d{7,8}-?[A-HJ-NP-TV-Z]',
    check: (value) => controlOf(value.slice(0, -1)) === value.at(-1),
    words: words('documento nacional|identificaci[óo]n', 'DNI|NIF'),
    bare: 0.6,
  }),
  identifier({
    name: 'es-nie',
    type: 'PII_ES_NIE',
    region: 'ES',
    gate: 'letter',
    shapes: ['1', '1-'],
    pattern: '[XYZ]-?\\d{7}-?[A-HJ-NP-TV-Z]',
    check: (value) => controlOf('XYZ'.indexOf(value.charAt(0)) + value.slice(1, -1)) === value.at(-1),
    words: words('extranjero|identificaci[óo]n', 'NIE'),
    bare: 0.75,
    withWords: 0.9,
  }),
  identifier({
    name: 'es-passport',
    type: 'PII_ES_PASSPORT',
    region: 'ES',
    gate: 'letter',
    shapes: ['2', '3'],
    pattern: '[A-Z]{2,3}\\d{6}',
    words: words('pasaporte|spanish passport'),
    bare: 'alone',
  }),
]

function controlOf(digits: string): string | undefined {
  return 'TRWAGMYFPDXBNJZSQVHLCKE'[Number(digits) % 23]
}
