import { lookAlikes } from './look-alikes.ts'
import type { Undone } from './undo.ts'

/** Characters without a glyph: format, fillers, selectors, blanks that no reader sees. */
const invisible = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f|[\u115f\u1160]|[\u17b4\u17b5]|[\u3164\uffa0\u2800])$/u
const tagsFrom = 0xe0020
const tagsTo = 0xe007e
const combining = /^\p{Mn}$/u
const latin = /[A-Za-z0-9]/

/**
 * Invisible characters are left out, tag characters and compatibility forms (full width, mathematical, circled; Unicode
 * NFKC) become the ASCII they stand for, look-alikes of other scripts the Latin letter beside which they stand.
 */
export function plainAt(text: string, position: number): Undone | undefined {
  const code = text.codePointAt(position) ?? 0
  const units = code > 0xffff ? 2 : 1
  if (code >= tagsFrom && code <= tagsTo) return { units, out: String.fromCharCode(code - 0xe0000) }
  const char = text.slice(position, position + units)
  if (invisible.test(char)) return { units, out: '' }
  return lookAlike(text, position, code) ?? plainForm(char, units)
}

function lookAlike(text: string, position: number, code: number): Undone | undefined {
  const out = lookAlikes.get(code)
  if (out === undefined) return undefined
  const mixed = latin.test(text.charAt(position - 1)) || latin.test(text.charAt(position + 1))
  return mixed ? { units: 1, out } : undefined
}

/** Where the compatibility form is plain ASCII: other scripts stay as they are. */
function plainForm(char: string, units: number): Undone | undefined {
  const out = char.normalize('NFKC')
  if (out !== char && /^[ -~]{1,4}$/.test(out)) return { units, out }
  // Marks strewn over Latin letters (`p̲a̲s̲s̲`).
  return combining.test(char) ? { units, out: '' } : undefined
}
