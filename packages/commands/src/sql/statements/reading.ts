import type { Cursor, Token } from '../lex.ts'

/** Words that stand behind "DROP TABLE" in prose and name nothing. */
const noNames = new Set(
  'statement statements command commands query queries is are was or and the an if in on for with to of from privilege privileges permission permissions operation operations syntax that this which when will can would may has have does not it its option options clause keyword where then set rows row all into by as at be'.split(
    ' ',
  ),
)

export function skipIfExists(tokens: Cursor): void {
  if (!isWord(tokens.peek(), 'if')) return
  tokens.next()
  while (isWord(tokens.peek(), 'not', 'exists')) tokens.next()
}

/** A name, dots and parts; in lower case. Undefined: none stands there, and nothing was read. */
export function readName(tokens: Cursor): string | undefined {
  if (!isNameStart(tokens.peek())) return undefined
  let last = tokens.next().text
  for (let parts = 1; parts < 6; parts++) {
    const dot = tokens.peek()
    if (dot.text !== '.' || dot.fresh) break
    const part = tokens.peek(1)
    if (
      part.start !== dot.end ||
      !(isNameStart(part) || part.text === '*' || part.text === '.' || part.type === 'word')
    )
      break
    tokens.next()
    last = tokens.next().text
  }
  if (tokens.peek().text === '*' && tokens.peek().type === 'symbol') tokens.next()
  return last.toLowerCase()
}

/** A name or a string, and a host behind `@`. */
export function readAccount(tokens: Cursor): boolean {
  if (tokens.peek().type === 'string') tokens.next()
  else if (readName(tokens) === undefined) return false
  if (tokens.peek().text.startsWith('@')) skipSome(tokens, tokens.peek().type === 'parameter' ? 1 : 2)
  return true
}

export function isNameStart(token: Token): boolean {
  if (token.type === 'name') return token.text !== ''
  if (token.type === 'word') return !noNames.has(token.text)
  return token.type === 'parameter' && !token.text.startsWith('::')
}

export function skipParentheses(tokens: Cursor): void {
  let depth = 0
  for (let token = tokens.peek(); token.type !== 'end'; token = tokens.peek()) {
    tokens.next()
    if (token.text === '(') depth++
    else if (token.text === ')' && --depth <= 0) return
  }
}

export function skipSome(tokens: Cursor, count: number): void {
  for (let done = 0; done < count && tokens.peek().type !== 'end'; done++) tokens.next()
}

export function skipToEnd(tokens: Cursor): void {
  for (let count = 0; count < 200 && tokens.peek().type !== 'end' && !(tokens.peek().fresh && count > 0); count++)
    tokens.next()
}

export function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.type === 'word' && words.includes(token.text)
}
