/** Longer comments are not undone: their `/*` is more likely a glob than the start of one. */
const longest = 4_096

export interface Masked {
  /** As long as the text: comments, and the line breaks that code writes as `\n`, have become spaces. */
  readonly text: string
  /** Comments that stand between two letters (as in DR, comment, OP), as spans. */
  readonly splits: readonly Span[]
  /** MySQL's comments that run (their start is followed by `!`), as spans. */
  readonly running: readonly Span[]
}

export interface Span {
  readonly start: number
  readonly end: number
}

const interesting = /\/\*|\\[nrt]/
const marks = /\/\*(?:!\d{0,6})?|\\[nrt]/g

/** Takes comments away without moving anything, so that places in what is left are places in the text. */
export function mask(text: string): Masked {
  if (!interesting.test(text)) return { text, splits: [], running: [] }
  const pieces: string[] = []
  const splits: Span[] = []
  const running: Span[] = []
  let done = 0
  const blank = (start: number, end: number) => {
    pieces.push(text.slice(done, start), ' '.repeat(end - start))
    done = end
  }
  marks.lastIndex = 0
  for (let mark = marks.exec(text); mark !== null; mark = marks.exec(text)) {
    const start = mark.index
    if (start < done) continue
    if (mark[0].startsWith('\\')) {
      blank(start, start + 2)
      continue
    }
    const close = closeOf(text, start + 2)
    if (close < 0) continue
    if (mark[0].startsWith('/*!')) {
      running.push({ start, end: close + 2 })
      blank(start, start + mark[0].length)
      // What is inside runs: only the marks go.
      if (close >= done) blank(close, close + 2)
      continue
    }
    if (isLetter(text.charCodeAt(start - 1)) && isLetter(text.charCodeAt(close + 2))) {
      splits.push({ start, end: close + 2 })
    }
    blank(start, close + 2)
    marks.lastIndex = close + 2
  }
  pieces.push(text.slice(done))
  return { text: pieces.join(''), splits, running }
}

function closeOf(text: string, from: number): number {
  const close = text.slice(from, from + longest).indexOf('*/')
  return close < 0 ? -1 : from + close
}

function isLetter(code: number): boolean {
  return (code >= 65 && code <= 90) || (code >= 97 && code <= 122)
}
