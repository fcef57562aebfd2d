import { nothing, type PatternRule } from '@sluice/detect'
import type { ExfiltrationType } from '../types.ts'

/** Plane 14 in UTF-16: tag characters are `DB40 DC00–DC7F`, the supplementary variation selectors `DB40 DD00–DDEF`. */
const anchor = { type: 'literal', literals: ['\udb40'] } as const

/** Inside of a character class of units: a literal would be read as one of code points. */
const units = '\\udb40\\udc00-\\udc7f'

/** Runs of tag characters spell ASCII that nothing shows; flags of regions are the one use they have. */
export const tagRules: readonly PatternRule<ExfiltrationType>[] = [
  {
    name: 'tag-characters',
    type: 'EXFIL_HIDDEN_TEXT',
    confidence: 0.97,
    anchor,
    boundary: nothing,
    context: 18,
    pattern: /(?:\udb40[\udc00-\udc7f]){2,1024}/,
    length: 2049,
    stop: new RegExp(`[^${units}]`),
    accept: ({ value, before }) => !isFlag(before, value),
  },
]

/** UTS #51, annex C: a black flag, a country, up to three letters or digits, the cancel tag. */
function isFlag(before: string, run: string): boolean {
  const flag = before.lastIndexOf('\u{1f3f4}')
  if (flag === -1) return false
  const spelled = [...(before.slice(flag + 2) + run)]
  const tags = spelled.map((char) => (char.codePointAt(0) ?? 0) - 0xe0000)
  const letters = String.fromCharCode(...tags.slice(0, -1).map((tag) => (tag >= 0 && tag < 0x7f ? tag : 0)))
  return tags.at(-1) === 0x7f && /^[a-z]{2}[a-z0-9]{1,3}$/.test(letters)
}
