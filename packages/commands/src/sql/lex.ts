/**
 * Tokens of SQL, of all dialects at once, from a place in a text that need not be SQL: what encloses a statement (the quotes of
 * a program's string) ends it.
 */
export interface Token {
  /** `end`: nothing follows, or what follows is not of the statement. */
  readonly type: 'word' | 'name' | 'string' | 'number' | 'parameter' | 'symbol' | 'end'
  /** Words in lower case; of a quoted name what is in the quotes; of all others as it stands. */
  readonly text: string
  readonly start: number
  readonly end: number
  /** A line ends before it. */
  readonly fresh: boolean
}

/** Reads on demand: what is not asked for costs nothing. */
export interface Cursor {
  /** The token so many ahead; the next one is 0. */
  peek(ahead?: number): Token
  next(): Token
}

/** UTF-16 units of a string or a quoted name. */
const longest = 4_096
const word = /[\p{L}_][\p{L}\p{N}_$]*/uy
const number = /(?:0[xX][0-9a-fA-F]{1,4096}|\d{1,64}(?:\.\d{0,64})?(?:[eE][+-]?\d{1,4})?|\.\d{1,64})/y
const parameter =
  /\$\{[^}\n]{0,200}\}|#\{[^}\n]{0,200}\}|\{\{[^}\n]{0,200}\}\}|\{[\w.]{0,64}\}|\$\d{1,4}|\$[A-Za-z_]\w{0,64}|%s|%d|%\(\w{1,64}\)s|\?|::?[A-Za-z_]\w{0,64}|@{1,2}[A-Za-z_]\w{0,64}/y
const operator = /<=>|<>|!=|<=|>=|==|\|\||&&|:=|!~\*?|~\*|::|[^\s]/uy
const dollarTag = /\$(?:[A-Za-z_]\w{0,30})?\$/y

export function cursor(text: string, from: number, enclosing: string, budget: { left: number }): Cursor {
  const ahead: Token[] = []
  let at = from

  /** White space, and line comments behind which something follows. Whether a line ended. */
  function skipBlanks(): boolean {
    let fresh = false
    for (; at < text.length; at++) {
      const char = text.charAt(at)
      if (char === '\n') fresh = true
      else if (char === '-' && text.charAt(at + 1) === '-') {
        const line = text.slice(at, at + longest).indexOf('\n')
        if (line < 0) return fresh
        at += line
        fresh = true
      } else if (!isSpace(char)) return fresh
    }
    return fresh
  }

  function read(): Token {
    const fresh = skipBlanks()
    const start = at
    const token = (type: Token['type'], value: string, end: number): Token => {
      at = end
      return { type, text: value, start, end, fresh }
    }
    if (--budget.left < 0 || start >= text.length) return token('end', '', start)
    const char = text.charAt(start)
    // A line comment behind which no line follows.
    if (text.startsWith('--', start)) return token('end', '--', text.length)
    if (char === ';') return token('end', ';', start)
    const escaped = char === '\\' && isQuote(text.charAt(start + 1))
    if (!escaped && enclosing !== '' && char === enclosing) {
      // Doubled, it is of a string inside.
      if (text.charAt(start + 1) !== enclosing) return token('end', char, start)
    }
    const quote = escaped ? text.charAt(start + 1) : char
    if (isQuote(quote)) return quoted(token, start, quote, escaped)
    if (char === '[') {
      const close = text.slice(start + 1, start + 130).search(/[\]\n]/)
      if (close > 0 && text.charAt(start + 1 + close) === ']') {
        return token('name', text.slice(start + 1, start + 1 + close), start + close + 2)
      }
    }
    if (char === '$') {
      const tag = stick(dollarTag, text, start)
      if (tag !== undefined) {
        const close = text.slice(start + tag.length, start + longest).indexOf(tag)
        if (close >= 0)
          return token('string', text.slice(start, start + close + 2 * tag.length), start + close + 2 * tag.length)
      }
    }
    const held = stick(parameter, text, start)
    if (held !== undefined) return token('parameter', held, start + held.length)
    const digits = stick(number, text, start)
    if (digits !== undefined) return token('number', digits, start + digits.length)
    const letters = stick(word, text, start)
    if (letters !== undefined) {
      // N'…', E'…', X'…', B'…': a string with a prefix.
      const after = text.charAt(start + letters.length)
      if (letters.length === 1 && after === "'" && enclosing !== "'" && /[nexb]/i.test(letters)) {
        return quoted(token, start + 1, "'", false)
      }
      return token('word', letters.toLowerCase(), start + letters.length)
    }
    const symbol = stick(operator, text, start) ?? char
    return token('symbol', symbol, start + symbol.length)
  }

  function quoted(
    token: (type: Token['type'], value: string, end: number) => Token,
    start: number,
    quote: string,
    escaped: boolean,
  ): Token {
    if (text.startsWith('```', start)) return token('end', '```', start)
    const open = start + (escaped ? 2 : 1)
    const mark = escaped ? `\\${quote}` : quote
    const stop = Math.min(text.length, open + longest)
    for (let close = open; close < stop; close++) {
      const unit = text.charAt(close)
      if (unit === '\\' && !escaped) close++
      else if (unit === '\n' && quote === '`') break
      else if (enclosing !== quote && unit === enclosing && enclosing !== '') break
      else if (text.startsWith(mark, close)) {
        if (text.startsWith(mark, close + mark.length)) {
          close += 2 * mark.length - 1
          continue
        }
        const inside = text.slice(open, close)
        return token(quote === "'" ? 'string' : 'name', inside, close + mark.length)
      }
    }
    return token('end', quote, start)
  }

  return {
    peek(offset = 0) {
      while (ahead.length <= offset) ahead.push(read())
      return ahead[offset] ?? read()
    },
    next() {
      return ahead.shift() ?? read()
    },
  }
}

function stick(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at
  return pattern.exec(text)?.[0]
}

function isSpace(char: string): boolean {
  return char === ' ' || char === '\t' || char === '\r' || char === '\f' || char === '\v' || char === '\u00a0'
}

function isQuote(char: string): boolean {
  return char === "'" || char === '"' || char === '`'
}
