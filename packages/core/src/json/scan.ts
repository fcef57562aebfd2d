/** What a careful reading of a JSON text meets, in order. Offsets are UTF-16 units. */
export interface JsonVisitor {
  open?(at: number, type: 'array' | 'object'): void
  /** `end`: after the bracket. */
  close?(end: number): void
  /** A member name, quotes included. */
  key?(start: number, end: number): void
  /** A value that is no container; a string with its quotes. */
  scalar?(start: number, end: number, type: 'string' | 'number' | 'literal'): void
}

/** The first place where a text stops being JSON. */
export interface JsonFault {
  readonly at: number
  readonly expected: string
}

const SPACE = /[ \t\n\r]*/y
const NUMBER = /-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][+-]?[0-9]+)?/y
const LITERAL = /true|false|null/y
const PLAIN = /[^"\\\u0000-\u001f]*/y
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y

function match(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at
  return pattern.test(text) ? pattern.lastIndex : -1
}

/** Reads a text strictly by RFC 8259, iteratively. The slow path: for explaining faults and for places within strings. */
export function scanJson(text: string, visitor: JsonVisitor): JsonFault | undefined {
  const inObject: boolean[] = []
  let expects: 'value' | 'element or end' | 'key' | 'key or end' | 'next' = 'value'
  let at = match(SPACE, text, 0)
  for (;;) {
    const char = text[at]
    if (expects === 'next') {
      const object = inObject.at(-1)
      if (object === undefined) return at === text.length ? undefined : { at, expected: 'the end' }
      if (char === ',') {
        expects = object ? 'key' : 'value'
        at = match(SPACE, text, at + 1)
      } else if (char === (object ? '}' : ']')) {
        inObject.pop()
        visitor.close?.(at + 1)
        at = match(SPACE, text, at + 1)
      } else return { at, expected: object ? "',' or '}'" : "',' or ']'" }
    } else if ((expects === 'key or end' && char === '}') || (expects === 'element or end' && char === ']')) {
      expects = 'next' // which closes it
    } else if (expects === 'key' || expects === 'key or end') {
      const end = char === '"' ? endOfString(text, at) : { at, expected: 'a member name in double quotes' }
      if (typeof end !== 'number') return end
      visitor.key?.(at, end)
      at = match(SPACE, text, end)
      if (text[at] !== ':') return { at, expected: "':'" }
      at = match(SPACE, text, at + 1)
      expects = 'value'
    } else if (char === '{' || char === '[') {
      visitor.open?.(at, char === '{' ? 'object' : 'array')
      inObject.push(char === '{')
      expects = char === '{' ? 'key or end' : 'element or end'
      at = match(SPACE, text, at + 1)
    } else {
      const end = endOfScalar(text, at)
      if (typeof end !== 'number') return end
      visitor.scalar?.(at, end, char === '"' ? 'string' : char === '-' || isDigit(char) ? 'number' : 'literal')
      expects = 'next'
      at = match(SPACE, text, end)
    }
  }
}

function isDigit(char: string | undefined): boolean {
  return char !== undefined && char >= '0' && char <= '9'
}

function endOfScalar(text: string, at: number): number | JsonFault {
  if (text[at] === '"') return endOfString(text, at)
  const end = Math.max(match(NUMBER, text, at), match(LITERAL, text, at))
  return end === -1 ? { at, expected: 'a value' } : end
}

function endOfString(text: string, open: number): number | JsonFault {
  let at = open + 1
  for (;;) {
    at = match(PLAIN, text, at)
    if (text[at] === '"') return at + 1
    if (at === text.length) return { at, expected: `the end of the string that begins at ${positionOf(text, open)}` }
    const end = match(ESCAPE, text, at)
    if (end === -1) return { at, expected: text[at] === '\\' ? 'a JSON escape' : 'control characters to be escaped' }
    at = end
  }
}

/** `line 3, column 14`, both from 1, columns in UTF-16 units. */
export function positionOf(text: string, offset: number): string {
  let line = 1
  let lineStart = 0
  for (let feed = text.indexOf('\n'); feed !== -1 && feed < offset; feed = text.indexOf('\n', lineStart)) {
    line++
    lineStart = feed + 1
  }
  return `line ${line}, column ${offset - lineStart + 1}`
}

/** The string that a literal stands for, for literals known to be JSON. */
export function decodeLiteral(text: string, start: number, end: number): string {
  const content = text.slice(start + 1, end - 1)
  // A JSON string literal parses to a string.
  return content.includes('\\') ? (JSON.parse(text.slice(start, end)) as string) : content
}
