import type { Line } from './lines.ts'

export interface Token {
  readonly text: string
  /** UTF-16 offsets in the segment. */
  readonly start: number
  readonly end: number
}

/** Whatever is not ASCII belongs to words: telling letters from signs there costs more than it tells. */
const word = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]{0,255}|\d[\w.]{0,63}|[^\s"'`,;]/g

/**
 * The tokens of a line: words, numbers and signs one by one. What formatters and hands change is left out: spaces, comments,
 * quotes, commas, semicolons. Looks at one line alone, so that a copied line has the tokens it had where it came from;
 * the text of a comment over several lines is taken for code where its lines do not begin with a star.
 */
export function tokensOf(line: Line, renames: boolean): readonly Token[] {
  const code = withoutComments(line.text)
  const tokens: Token[] = []
  for (const { 0: text, index } of code.matchAll(word)) {
    const start = line.at + index
    tokens.push({ text: renames ? withoutName(text) : text, start, end: start + text.length })
  }
  return tokens
}

/** Of the same length: what is a comment is spaces. */
function withoutComments(line: string): string {
  const trimmed = line.trimStart()
  if (/^(?:#(?:[\s!#]|$)|--\s|\*|<!--)/.test(trimmed)) {
    const closed = trimmed.startsWith('*') ? line.indexOf('*/') : -1
    return closed === -1 ? '' : ' '.repeat(closed + 2) + line.slice(closed + 2)
  }
  if (!line.includes('/') && !line.includes('#')) return line
  return line
    .replace(/\/\*(?:[^*]|\*(?!\/)){0,4096}(?:\*\/|$)/g, (comment) => ' '.repeat(comment.length))
    .replace(/(?<![:\\"'`])\/\/.{0,4096}|(?<=\s)#\s.{0,4096}/, (comment) => ' '.repeat(comment.length))
}

/** Names of any sort are one name; the words of languages and the signs stay. */
function withoutName(token: string): string {
  if (!/^[A-Za-z_$\u0080-\uffff]/.test(token)) return /^\d/.test(token) ? '0' : token
  return keywords.has(token) ? token : 'n'
}

const keywords: ReadonlySet<string> = new Set(
  (
    'abstract and as assert async await begin bool boolean break byte case catch char class const continue def default defer del do ' +
    'double elif else elsif end enum except export extends extern false final finally float fn for foreach from func function get global ' +
    'go goto if implements import in include inline instanceof int interface internal is lambda let long loop match mod module mut ' +
    'namespace new nil none None not null of or override package pass private protected pub public raise readonly record require ' +
    'return self set short sizeof static str string struct super switch synchronized template then this throw throws trait true True ' +
    'False try type typedef typeof undefined union unless unsigned until use using val var virtual void volatile when where while with yield'
  ).split(' '),
)
