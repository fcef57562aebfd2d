import { lookAlikes } from './look-alikes.ts'
import type { Undone } from './undo.ts'

/** Characters without a glyph: format, fillers, selectors, blanks that no reader sees. */
const invisible = /^(?:\p{Cf}|\p{Variation_Selector}|\u034f|[\u115f\u1160]|[\u17b4\u17b5]|[\u3164\uffa0\u2800])$/u
const tagsFrom = 0xe0020
const tagsTo = 0xe007e
const combining = /^\p{Mn}$/u

/**
 * Invisible characters are left out, tag characters and compatibility forms (full width, mathematical, circled; Unicode
 * NFKC) become the ASCII they stand for, look-alikes of other scripts the Latin letter beside which they stand.
 */
export function plainAt(text: string, position: number): Undone | undefined {
  const code = text.codePointAt(position) ?? 0
  const units = code > 0xffff ? 2 : 1
  if (code >= tagsFrom && code <= tagsTo) return { units, out: String.fromCharCode(code - 0xe0000) }
  const out = lookAlike(text, position, code) ?? (units === 1 ? knownForm(code) : formOf(code))
  return out === undefined ? undefined : { units, out }
}

function lookAlike(text: string, position: number, code: number): string | undefined {
  const out = lookAlikes.get(code)
  if (out === undefined) return undefined
  return isLatin(text.charCodeAt(position - 1)) || isLatin(text.charCodeAt(position + 1)) ? out : undefined
}

/** ASCII letters and digits. NaN is none. */
function isLatin(unit: number): boolean {
  const lower = unit | 0x20
  return (lower >= 0x61 && lower <= 0x7a) || (unit >= 0x30 && unit <= 0x39)
}

/** What a character stands for in whatever company: nothing, or plain ASCII. Other scripts stay as they are. */
function formOf(code: number): string | undefined {
  const char = String.fromCodePoint(code)
  if (invisible.test(char)) return ''
  const out = char.normalize('NFKC')
  if (out !== char && /^[ -~]{1,4}$/.test(out)) return out
  // Marks strewn over Latin letters (`p̲a̲s̲s̲`).
  return combining.test(char) ? '' : undefined
}

const forms = new Map<number, string | undefined>()

/** `formOf` a character of one unit, looked up once: there are 65,536. */
function knownForm(code: number): string | undefined {
  const known = forms.get(code)
  if (known !== undefined || forms.has(code)) return known
  const form = formOf(code)
  forms.set(code, form)
  return form
}

/**
 * Whether a unit can begin what is undone, whatever stands beside it: of every text each unit is asked, so what Unicode says
 * of it is looked up once in the life of the process (measured: 2 M Cyrillic letters in 60 ms, not 770).
 */
export function mayHide(unit: number): boolean {
  const known = hiding[unit]
  if (known !== undefined && known !== unknown) return known === hides
  const may = isHighSurrogate(unit) ? pairsHide(unit) : standsFor(unit)
  hiding[unit] = may ? hides : stays
  return may
}

const unknown = 0
const stays = 1
const hides = 2
const hiding = new Uint8Array(0x10000)

function standsFor(code: number): boolean {
  return lookAlikes.has(code) || formOf(code) !== undefined
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00
}

/** Whether any character of the 1,024 that begin with it does. */
function pairsHide(high: number): boolean {
  const first = 0x10000 + (high - 0xd800) * 0x400
  for (let code = first; code < first + 0x400; code++) if (standsFor(code)) return true
  return false
}
