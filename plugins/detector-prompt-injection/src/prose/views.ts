import type { Reading } from '../model/reading.ts'
import { reversed, turned } from './words.ts'

/** A text as it may have been meant. */
export interface ProseView {
  /** Recorded as `data.view`-maker: `rot13`. */
  readonly name: string
  readonly text: string
}

/**
 * What the text just read may be when what hides its words is undone. Most texts have none of these: each is made only
 * where the words, as they stand, say so.
 */
export function proseViews(text: string, { features, folded }: Reading): readonly ProseView[] {
  const views: ProseView[] = []
  const [common = 0, rot = 0, backward = 0] = features.counts
  if (rot > common && rot >= fewestWords) views.push({ name: 'rot13', text: turned(text.toLowerCase()) })
  if (backward > common && backward >= fewestWords) views.push({ name: 'reversed', text: reversed(text) })
  const { single, inner, mixed, words } = shapeOf(folded.units, folded.length)
  if (single >= 8 && single > words * 0.5) views.push({ name: 'spaced-letters', text: joinLetters(text) })
  if (inner >= 6 && inner > words) views.push({ name: 'split-words', text: joinParts(text) })
  if (mixed >= 2 && mixed > words * 0.2) views.push({ name: 'leet', text: unleet(text) })
  return views
}

/** Fewer known words in a disguise may be chance. */
const fewestWords = 2

interface Shape {
  /** Words, and those of one letter. */
  words: number
  single: number
  /** Marks with a letter on both sides. */
  inner: number
  /** Words of letters and of digits or marks that look like letters. */
  mixed: number
}

function shapeOf(units: Uint16Array, length: number): Shape {
  const shape: Shape = { words: 0, single: 0, inner: 0, mixed: 0 }
  let letters = 0
  let like = 0
  for (let at = 0; at <= length; at++) {
    const unit = at < length ? (units[at] as number) : 0x20 // Within the text.
    if (isLetter(unit)) letters++
    else if (isLike(unit) && (letters + like > 0 || isLetter(units[at + 1] ?? 0))) like++
    else {
      if (letters + like > 0) {
        shape.words++
        if (letters + like === 1) shape.single++
        if (letters > 0 && like > 0 && like <= letters * 2) shape.mixed++
        if (unit > 0x20 && at + 1 < length && isLetter(units[at + 1] as number)) shape.inner++
      }
      letters = 0
      like = 0
    }
  }
  // Parts of a word that marks have split are one word.
  shape.words = Math.max(1, shape.words - shape.inner)
  return shape
}

function isLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || unit >= 0x80
}

/** Digits, `@`, `$`, `!` and `|`. */
function isLike(unit: number): boolean {
  return (unit >= 0x30 && unit <= 0x39) || unit === 0x40 || unit === 0x24 || unit === 0x21 || unit === 0x7c
}

/** `i g n o r e   a l l` and `i-g-n-o-r-e a-l-l`: single spaces go, wider ones are the spaces. */
function joinLetters(text: string): string {
  return text
    .replace(/[\t \u00a0]{2,8}|\n/g, '\u0001')
    .replace(/(?<=^|[\s\u0001\p{P}\p{S}][^\s]|^[^\s]) (?=[^\s](?:[\s\u0001]|$))/gu, '')
    .replaceAll('\u0001', ' ')
}

function joinParts(text: string): string {
  return text.replace(/(?<=[\p{L}\p{N}])[^\p{L}\p{N}\s]{1,3}(?=[\p{L}\p{N}])/gu, '')
}

const leet: Readonly<Record<string, string>> = {
  0: 'o',
  1: 'i',
  2: 'z',
  3: 'e',
  4: 'a',
  5: 's',
  6: 'g',
  7: 't',
  8: 'b',
  9: 'g',
  '@': 'a',
  $: 's',
  '!': 'i',
  '|': 'l',
}

function unleet(text: string): string {
  return text.replace(/[0-9@$|]|!(?=[\p{L}\p{N}])/gu, (char) => leet[char] ?? char)
}
