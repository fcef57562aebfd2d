import { charSet } from '@sluice/detect'
import type { Reading } from '../model/reading.ts'
import { decodedRun } from './encoded.ts'
import { withoutSlips } from './slips.ts'
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
export function proseViews(text: string, { features }: Reading): readonly ProseView[] {
  const views: ProseView[] = []
  const { counts, words, singles, mixed, inner, longest } = features.shape
  const [common = 0, rot = 0, backward = 0] = counts
  const fewest = words > shortText ? 2 : 1
  if (rot > common && rot >= fewest) views.push({ name: 'rot13', text: turned(text.toLowerCase()) })
  if (backward > common && backward >= fewest) views.push({ name: 'reversed', text: reversed(text) })
  if (singles >= 8 && singles > words * 0.5) {
    views.push(
      inner > words * 0.5
        ? { name: 'split-words', text: joinParts(text) }
        : { name: 'spaced-letters', text: joinLetters(text) },
    )
  } else if (inner >= 4 && inner > words * 0.4 && !isCode(text))
    views.push({ name: 'split-words', text: joinParts(text) })
  if (mixed >= 2 && mixed > words * 0.2 && !isEscaped(text, words)) views.push({ name: 'leet', text: unleet(text) })
  if (longest >= shortestRun) {
    const decoded = decodedRun(text)
    if (decoded !== undefined) views.push({ name: 'encoded', text: decoded })
  }
  if (words <= longestSlip) {
    const corrected = withoutSlips(text)
    if (corrected !== text.toLowerCase()) views.push({ name: 'misspelt', text: corrected })
  }
  return views
}

/** Words up to which one known word in a disguise is enough. */
const shortText = 12
/** Words up to which slips of the pen are looked for: in a longer text enough is spelt as it should be. */
const longestSlip = 80
/** Units of a word in which something may be encoded. */
const shortestRun = 20

/** Marks of code between words hide nothing. */
function isCode(text: string): boolean {
  let left = text.length * 0.01
  for (let at = 0; at < text.length && left >= 0; at++) if (codeMarks.has(text.charCodeAt(at))) left--
  return left < 0
}

/** Escapes are letters and digits too: what they stand for is for the views of `@sluice/detect`. */
function isEscaped(text: string, words: number): boolean {
  return text.split(/[%\\&]/).length - 1 > words * 0.3
}

const codeMarks = charSet('(){}<>=/\\\\')

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
