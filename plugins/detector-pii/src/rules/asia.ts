import { digitAt, isRepeated, weigh } from '../checksums/weighted.ts'
import { identifier, type PiiRule, words } from '../identifier.ts'

/** Japan, Singapore, Thailand, the Philippines. */
export const asiaRules: readonly PiiRule[] = [
  identifier({
    // 総務省令第85号 (2014), article 5: weights 6 5 4 3 2 7 6 5 4 3 2, modulus 11.
    name: 'jp-my-number',
    type: 'PII_JP_MY_NUMBER',
    region: 'JP',
    shapes: ['12', '4 ', '4-'],
    pattern: '\\d{4}(?<m>[ -]?)\\d{4}\\k<m>\\d{4}',
    check: (digits) => {
      const rest = weigh(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11
      return (rest < 2 ? 0 : 11 - rest) === digitAt(digits, 11) && !isRepeated(digits)
    },
    words: words('my[ _-]?number|マイナンバー|個人番号'),
    bare: 0.4,
  }),
  identifier({
    // Immigration & Checkpoints Authority: weights 2 7 6 5 4 3 2; 4 more for T and G, 3 for M.
    name: 'sg-nric',
    type: 'PII_SG_NRIC_FIN',
    region: 'SG',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[STFGM]\\d{7}[A-Z]',
    check: passesNric,
    words: words('identity card|work (?:permit|pass)', 'NRIC|FIN'),
    bare: 0.7,
    withWords: 0.9,
  }),
  identifier({
    name: 'sg-nric-unchecked',
    type: 'PII_SG_NRIC_FIN',
    region: 'SG',
    gate: 'letter',
    shapes: ['1'],
    pattern: '[STFGM]\\d{7}[A-Z]',
    words: words('singapore id', 'NRIC|FIN'),
    bare: 'alone',
    withWords: 0.6,
  }),
  identifier({
    // ทะเบียนราษฎร: kind 1 to 8, province, modulus 11.
    name: 'th-national-id',
    type: 'PII_TH_NATIONAL_ID',
    region: 'TH',
    shapes: ['13', '1-', '1 '],
    pattern: `[1-8](?<m>[ -]?)(?:1[0-9]|2[0-7]|3\\d|4\\d|5[0-8]|6[0-7]|7[0-7]|8[0-6]|9[0-6])\\d{2}\\k<m>\\d{5}\\k<m>\\d{2}\\k<m>\\d`,
    check: (digits) =>
      (11 - (weigh(digits, [13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11)) % 10 === digitAt(digits, 12),
    words: words('ประชาชน|thai (?:national )?id', 'TNIN'),
    bare: 0.4,
  }),
  identifier({
    // Bureau of Internal Revenue: nine digits and a branch of three to five.
    name: 'ph-tin',
    type: 'PII_PH_TIN',
    region: 'PH',
    shapes: ['9', '12', '14', '3-'],
    pattern: '\\d{3}(?<m>-?)\\d{3}\\k<m>\\d{3}(?:\\k<m>(?:\\d{5}|\\d{3}))?',
    words: words('taxpayer|internal revenue', 'TIN|BIR'),
    bare: 'never',
  }),
]

function passesNric(value: string): boolean {
  const kind = value.charAt(0)
  const more = kind === 'T' || kind === 'G' ? 4 : kind === 'M' ? 3 : 0
  const rest = (weigh(value.slice(1), [2, 7, 6, 5, 4, 3, 2]) + more) % 11
  if (kind === 'M') return 'XWUTRQPNJLK'[10 - rest] === value.at(-1)
  return (kind === 'S' || kind === 'T' ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[rest] === value.at(-1)
}
