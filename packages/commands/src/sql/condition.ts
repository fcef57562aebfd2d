import type { Cursor, Token } from './lex.ts'
import { and, compare, keyLike, not, type Operand, or, type Reach, truthOf } from './reach.ts'
import { isWord } from './statements/reading.ts'

export interface Condition {
  readonly reach: Reach
  /** It was read to its end by its grammar; otherwise `reach` is what was read of it. */
  readonly parsed: boolean
}

/** Parentheses and negations within each other. Deeper ones are taken to bind. */
const deepest = 48
/** Words that end a condition. */
const enders = new Set(
  'order group limit returning having union into on set when then else end go from where offset fetch window qualify'.split(
    ' ',
  ),
)
const comparisons = new Set(['=', '==', '<>', '!=', '<', '>', '<=', '>=', '<=>', '~', '~*', '!~', '!~*'])
const matchers = new Set(['like', 'ilike', 'rlike', 'regexp', 'glob', 'similar', 'sounds', 'match', 'contains'])
const arithmetic = new Set(['+', '-', '*', '/', '%', '||', '^', '&', '|', '->', '>>', '<<', '@', '#', ':'])

/** Reads the condition that begins at the next token, up to what cannot be of it. */
export function readCondition(tokens: Cursor, table: string): Condition {
  let parsed = true

  function either(depth: number): Reach {
    let reach = both(depth)
    for (let token = tokens.peek(); isWord(token, 'or', 'xor') || token.text === '||'; token = tokens.peek()) {
      tokens.next()
      reach = or(reach, both(depth))
    }
    return reach
  }

  function both(depth: number): Reach {
    let reach = negated(depth)
    for (let token = tokens.peek(); isWord(token, 'and') || token.text === '&&'; token = tokens.peek()) {
      tokens.next()
      reach = and(reach, negated(depth))
    }
    return reach
  }

  function negated(depth: number): Reach {
    if (depth > deepest) {
      parsed = false
      return 'some'
    }
    const token = tokens.peek()
    if (isWord(token, 'not') || token.text === '!') {
      tokens.next()
      return not(negated(depth + 1))
    }
    return predicate(depth)
  }

  function predicate(depth: number): Reach {
    const first = tokens.peek()
    if (isWord(first, 'exists')) {
      tokens.next()
      const inner = operand(depth)
      return inner.query === 'constant' || (typeof inner.query === 'object' && inner.query.table === table)
        ? 'all'
        : 'some'
    }
    if (first.text === '(' && !isWord(tokens.peek(1), 'select', 'with', 'values')) {
      tokens.next()
      const reach = either(depth + 1)
      if (tokens.peek().text === ',') {
        // A row: `(a, b) = (1, 2)`.
        skipGroup(tokens, 1)
        return afterOperand({ constant: false, same: undefined, column: undefined, value: undefined }, depth)
      }
      if (tokens.peek().text === ')') tokens.next()
      else parsed = false
      return isOperator(tokens.peek())
        ? afterOperand({ ...unknown, constant: reach === 'all' || reach === 'none' }, depth)
        : reach
    }
    return afterOperand(operand(depth), depth)
  }

  function afterOperand(left: Operand, depth: number): Reach {
    const token = tokens.peek()
    if (isWord(token, 'is', 'isnull', 'notnull')) return isTest(left)
    let negative = false
    if (isWord(token, 'not')) {
      tokens.next()
      negative = true
    }
    const operator = tokens.peek()
    const reach = compared(left, operator, depth)
    return negative ? not(reach) : reach
  }

  function compared(left: Operand, operator: Token, depth: number): Reach {
    if (operator.type === 'symbol' && comparisons.has(operator.text)) {
      tokens.next()
      if (isWord(tokens.peek(), 'all', 'any', 'some') && tokens.peek(1).text === '(') tokens.next()
      return compare(left, operator.text, operand(depth))
    }
    if (operator.type === 'word' && matchers.has(operator.text)) {
      tokens.next()
      if (isWord(tokens.peek(), 'to', 'against', 'binary')) tokens.next()
      const right = operand(depth)
      if (isWord(tokens.peek(), 'escape')) {
        tokens.next()
        operand(depth)
      }
      const anything = typeof right.value === 'string' && /^(?:%+|\*|\.\*|\^?\.\*\$?|)$/.test(right.value)
      if (anything && right.value !== '') return 'all'
      return left.constant && right.constant
        ? 'all'
        : left.same !== undefined && left.same === right.same
          ? 'all'
          : 'some'
    }
    if (isWord(operator, 'in')) {
      tokens.next()
      const right = operand(depth)
      const query = right.query
      if (typeof query === 'object') return query.table === table && query.column === left.column ? 'all' : 'some'
      return left.constant && right.constant ? 'all' : 'some'
    }
    if (isWord(operator, 'between')) {
      tokens.next()
      const low = operand(depth)
      if (isWord(tokens.peek(), 'and')) tokens.next()
      const high = operand(depth)
      return left.constant && low.constant && high.constant ? 'all' : 'some'
    }
    if (!left.constant) return 'some'
    return truthOf(left)
  }

  function isTest(left: Operand): Reach {
    const word = tokens.next().text
    let negative = word === 'notnull'
    let what = 'null'
    if (word === 'is') {
      if (isWord(tokens.peek(), 'not')) {
        tokens.next()
        negative = true
      }
      what = tokens.next().text
      if (what === 'distinct') {
        tokens.next()
        operand(0)
        return 'some'
      }
    }
    if (left.constant) return 'all'
    return negative && what === 'null' && left.column !== undefined && keyLike.test(left.column) ? 'most' : 'some'
  }

  /** A chain of terms with arithmetic between them. */
  function operand(depth: number): Operand {
    let whole = term(depth)
    for (let token = tokens.peek(); ; token = tokens.peek()) {
      if (token.type === 'parameter' && token.text.startsWith('::')) {
        tokens.next()
        continue
      }
      if (isWord(token, 'collate', 'at')) {
        tokens.next()
        tokens.next()
        continue
      }
      // `||` joins strings in one dialect and is OR in another: a constant behind it is read as the latter.
      const isSum = token.type === 'symbol' && arithmetic.has(token.text) && token.text !== '||'
      if (!isSum && !isWord(token, 'div', 'mod')) return whole
      tokens.next()
      const right = term(depth)
      whole = { constant: whole.constant && right.constant, same: undefined, column: undefined, value: undefined }
    }
  }

  function term(depth: number): Operand {
    const token = tokens.peek()
    switch (token.type) {
      case 'string':
        tokens.next()
        return { constant: true, same: `'${token.text}'`, column: undefined, value: token.text }
      case 'number':
        tokens.next()
        return { constant: true, same: token.text, column: undefined, value: Number(token.text) }
      case 'parameter':
        tokens.next()
        return { ...unknown, same: /^[?%]/.test(token.text) ? undefined : token.text }
      case 'name':
      case 'word':
        return named(token, depth)
      case 'symbol':
        if (token.text === '-' || token.text === '+' || token.text === '~') {
          tokens.next()
          const { constant, value } = term(depth)
          const number = typeof value === 'number' && token.text === '-' ? -value : undefined
          return { constant, same: number?.toString(), column: undefined, value: number }
        }
        if (token.text === '(') return group(depth)
        if (token.text === '*') {
          tokens.next()
          return unknown
        }
    }
    parsed = false
    return unknown
  }

  function named(token: Token, depth: number): Operand {
    if (token.type === 'word' && enders.has(token.text)) {
      parsed = false
      return unknown
    }
    tokens.next()
    if (isWord(token, 'case')) {
      skipTo(tokens, 'end')
      return unknown
    }
    if (isWord(token, 'interval', 'date', 'timestamp', 'time', 'binary') && tokens.peek().type === 'string') {
      tokens.next()
      return { ...unknown, constant: true }
    }
    if (isWord(token, 'true', 'null', 'false', 'current_date', 'current_timestamp', 'current_user')) {
      return {
        constant: true,
        same: token.text,
        column: undefined,
        value: token.text === 'true' ? 1 : undefined,
        ...(token.text === 'false' ? { value: 0 } : {}),
      }
    }
    let name = token.text.toLowerCase()
    let whole = name
    while (tokens.peek().text === '.' && tokens.peek().type === 'symbol') {
      tokens.next()
      name = tokens.next().text.toLowerCase()
      whole += `.${name}`
    }
    if (tokens.peek().text === '(' && token.type === 'word') {
      const inside = skipGroup(tokens, 0)
      return { constant: inside.constant, same: undefined, column: undefined, value: undefined }
    }
    if (depth > deepest) parsed = false
    return { constant: false, same: whole, column: name, value: undefined }
  }

  function group(depth: number): Operand {
    if (!isWord(tokens.peek(1), 'select', 'with', 'values')) {
      if (depth > deepest) {
        parsed = false
        return unknown
      }
      tokens.next()
      let inner = operand(depth + 1)
      while (tokens.peek().text === ',') {
        tokens.next()
        const right = operand(depth + 1)
        inner = { ...unknown, constant: inner.constant && right.constant }
      }
      if (tokens.peek().text === ')') tokens.next()
      else skipGroup(tokens, 1)
      return inner
    }
    return { ...unknown, query: skipGroup(tokens, 0).query }
  }

  const reach = either(0)
  const after = tokens.peek()
  const ended =
    after.type === 'end' || after.text === ')' || after.fresh || (after.type === 'word' && enders.has(after.text))
  return { reach, parsed: parsed && ended }
}

const unknown: Operand = { constant: false, same: undefined, column: undefined, value: undefined }

function isOperator(token: Token): boolean {
  return (
    (token.type === 'symbol' && (comparisons.has(token.text) || arithmetic.has(token.text))) ||
    isWord(token, 'is', 'in', 'like', 'between', 'not')
  )
}

/** Skips to what closes the parentheses, and says what stood in them. */
function skipGroup(
  tokens: Cursor,
  open: number,
): { readonly constant: boolean; readonly query: NonNullable<Operand['query']> } {
  let depth = open
  let constant = true
  const words: Token[] = []
  for (let token = tokens.peek(); token.type !== 'end'; token = tokens.peek()) {
    tokens.next()
    if (token.text === '(' && token.type === 'symbol') depth++
    else if (token.text === ')' && token.type === 'symbol' && --depth === 0) break
    if (words.length < 8) words.push(token)
    if (token.type === 'name' || token.type === 'parameter') constant = false
    if (token.type === 'word' && tokens.peek().text !== '(' && !constantWords.has(token.text)) constant = false
  }
  return { constant, query: queryOf(words, constant) }
}

const constantWords = new Set(
  'true false null select distinct all as cast int integer signed char varchar text and or not'.split(' '),
)

/** `(SELECT id FROM t)` is every row of `t`; `(SELECT 1)` is there for every row. */
function queryOf(words: readonly Token[], constant: boolean): NonNullable<Operand['query']> {
  if (constant) return 'constant'
  const [open, select, column, from, table, close] = words.filter(({ text }) => text !== 'distinct')
  const whole = open?.text === '(' && select?.text === 'select' && from?.text === 'from' && close === undefined
  if (!whole || column === undefined || table === undefined) return 'other'
  return { column: column.text.toLowerCase(), table: table.text.toLowerCase() }
}

function skipTo(tokens: Cursor, word: string): void {
  for (let token = tokens.peek(); token.type !== 'end'; token = tokens.peek()) {
    tokens.next()
    if (isWord(token, word)) return
  }
}
