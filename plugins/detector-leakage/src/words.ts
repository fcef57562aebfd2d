/** A word as it is compared: case, marks and punctuation are gone. */
export interface Word {
  readonly text: string
  /** UTF-16 offsets in the text it was read from. */
  readonly start: number
  readonly end: number
}

/**
 * Letters and digits in a row; each character of scripts that do not part words is one. Bounded: the first `most` words.
 */
const word =
  /[\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}]|(?:(?![\p{sc=Han}\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Thai}])[\p{L}\p{N}\p{M}]){1,64}/gu

/** Apostrophes are left out, so that `don't` and `don’t` are one word and the same. */
export function wordsOf(text: string, most: number): readonly Word[] {
  const plain = text.includes('\u2019') ? text.replace(/\u2019/g, "'") : text
  const words: Word[] = []
  for (const match of plain.matchAll(word)) {
    if (words.length === most) break
    const end = match.index + match[0].length
    words.push({ text: match[0].normalize('NFKC').toLowerCase(), start: match.index, end })
  }
  return words
}
