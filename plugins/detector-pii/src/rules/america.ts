import { passesLuhn } from '@sluice/detect'
import { digitAt, isRepeated, weigh } from '../checksums/weighted.ts'
import { isDayYmd } from '../dates.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

/** Canada, Brazil, Mexico. */
export const americaRules: readonly PiiRule[] = [
  identifier({
    // Service Canada: Luhn; none begins with 0 or 8.
    name: 'ca-sin',
    type: 'PII_CA_SIN',
    region: 'CA',
    shapes: ['9', '3-', '3 '],
    pattern: '[1-79]\\d{2}(?<m>[ -]?)\\d{3}\\k<m>\\d{3}',
    check: (digits) => passesLuhn(digits) && !isRepeated(digits),
    words: words('social insurance|assurance sociale', 'SIN|NAS'),
    bare: 0.3,
  }),
  identifier({
    // Receita Federal: two check digits, modulus 11.
    name: 'br-cpf',
    type: 'PII_BR_CPF',
    region: 'BR',
    shapes: ['11', '3.'],
    pattern: '\\d{11}|\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}',
    check: (digits) => passesBrazilian(digits, [11, 10, 9, 8, 7, 6, 5, 4, 3, 2]),
    words: words('cadastro de pessoas', 'CPF'),
    bare: 0.4,
  }),
  identifier({
    name: 'br-cnpj',
    type: 'PII_BR_CNPJ',
    region: 'BR',
    shapes: ['14', '2.'],
    pattern: '\\d{14}|\\d{2}\\.\\d{3}\\.\\d{3}/\\d{4}-\\d{2}',
    check: (digits) => passesBrazilian(digits, [6, 5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2]),
    words: words('cadastro nacional', 'CNPJ'),
    bare: 0.4,
  }),
  identifier({
    // RENAPO, Instructivo normativo: digit by base 37 (with Ñ), weights 18 to 2, modulus 10.
    name: 'mx-curp',
    type: 'PII_MX_CURP',
    region: 'MX',
    gate: 'letter',
    shapes: ['4'],
    pattern:
      '[A-Z][AEIOUX][A-Z]{2}\\d{6}[HMX](?:A[GS]|B[CS]|C[CHLMSX]|D[FG]|G[RT]|HG|JC|M[CNS]|N[ELTR]|OC|PL|Q[RT]|S[LPR]|T[CLS]|VZ|YN|ZS)[B-DF-HJ-NP-TV-Z]{3}[A-Z\\d]\\d',
    check: (value) => isDayYmd(value.slice(4, 10)) && passesCurp(value),
    words: words('clave [úu]nica', 'CURP'),
    bare: 0.85,
    withWords: 0.95,
  }),
]

/** `weights` are the second digit's; the first's are the same without the first of them. */
function passesBrazilian(digits: string, weights: readonly number[]): boolean {
  if (isRepeated(digits)) return false
  return [weights.slice(1), weights].every((some) => {
    const rest = weigh(digits, some) % 11
    return (rest < 2 ? 0 : 11 - rest) === digitAt(digits, some.length)
  })
}

function passesCurp(value: string): boolean {
  let sum = 0
  for (let at = 0; at < 17; at++) {
    const place = Number.parseInt(value.charAt(at), 36)
    // Ñ comes after N.
    sum += (place > 23 ? place + 1 : place) * (18 - at)
  }
  return (10 - (sum % 10)) % 10 === digitAt(value, 17)
}
