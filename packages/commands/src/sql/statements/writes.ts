import { readCondition } from '../condition.ts'
import type { Cursor, Token } from '../lex.ts'
import type { Act } from './act.ts'
import { isNameStart, isWord, readName, skipParentheses, skipSome } from './reading.ts'

export function readDelete(tokens: Cursor): Act | undefined {
  while (isWord(tokens.peek(), 'low_priority', 'quick', 'ignore')) tokens.next()
  // MySQL: `DELETE t FROM t JOIN …`
  if (!isWord(tokens.peek(), 'from')) {
    if (!readName(tokens)) return undefined
    if (!isWord(tokens.peek(), 'from')) return undefined
  }
  tokens.next()
  if (isWord(tokens.peek(), 'only')) tokens.next()
  const table = readName(tokens)
  if (table === undefined) return undefined
  const reached = readRest(tokens, table)
  if (reached === undefined) return undefined
  const rule = reached.rule === '' ? 'delete-without-where' : `delete-${reached.rule}`
  return { class: 'sql.unbound-write', severity: reached.weak ? 'MEDIUM' : 'HIGH', rule, sure: reached.sure }
}

export function readUpdate(tokens: Cursor): Act | undefined {
  while (isWord(tokens.peek(), 'low_priority', 'ignore', 'only', 'or', 'rollback', 'abort', 'replace', 'fail'))
    tokens.next()
  const table = readName(tokens)
  if (table === undefined || table === 'set') return undefined
  // An alias, a join: up to SET.
  for (let count = 0; !isWord(tokens.peek(), 'set') && count < 40; count++) {
    if (tokens.peek().type === 'end') return undefined
    tokens.next()
  }
  if (!isWord(tokens.next(), 'set')) return undefined
  if (tokens.peek().text !== '(' && readName(tokens) === undefined) return undefined
  if (tokens.peek().text === '(') skipParentheses(tokens)
  if (!['=', ':=', '+', '-', '|'].includes(tokens.next().text)) return undefined
  let last: Token | undefined
  for (let depth = 0; ; ) {
    const token = tokens.peek()
    if (token.type === 'end' || (depth === 0 && endsAssignments(token, last))) break
    if (token.text === '(') depth++
    else if (token.text === ')' && --depth < 0) break
    last = tokens.next()
  }
  const reached = readRest(tokens, table)
  if (reached === undefined) return undefined
  const rule = reached.rule === '' ? 'update-without-where' : `update-${reached.rule}`
  return { class: 'sql.unbound-write', severity: reached.weak ? 'MEDIUM' : 'HIGH', rule, sure: reached.sure }
}

function endsAssignments(token: Token, last: Token | undefined): boolean {
  if (isWord(token, 'where', 'from', 'limit', 'returning', 'order', 'output', 'option')) return true
  // Two operands side by side are no expression: the statement was over, and something else follows.
  const operand = (one: Token | undefined) =>
    one !== undefined && ['name', 'string', 'number', 'parameter'].includes(one.type)
  return (
    token.fresh &&
    token.type === 'word' &&
    operand(last) &&
    !isWord(token, 'and', 'or', 'when', 'then', 'else', 'end', 'collate')
  )
}

export interface Reached {
  readonly rule: string
  readonly weak: boolean
  readonly sure: number
}

/** What follows the table of a DELETE or the assignments of an UPDATE. Undefined: it binds, or it is no statement. */
export function readRest(tokens: Cursor, table: string): Reached | undefined {
  let joined = false
  for (let count = 0; count < 200; count++) {
    const token = tokens.peek()
    if (isWord(token, 'where')) {
      tokens.next()
      if (isWord(tokens.peek(), 'current')) return undefined
      const { reach, parsed } = readCondition(tokens, table)
      // Also one whose condition cannot be read to its end has bound what it could.
      if (reach === 'all') return { rule: 'always-true', weak: isLimited(tokens), sure: parsed ? 0.95 : 0.75 }
      if (reach === 'most') return { rule: 'nearly-all', weak: true, sure: parsed ? 0.85 : 0.6 }
      return undefined
    }
    if (isWord(token, 'using', 'join', 'inner', 'left', 'right', 'cross', 'from', 'natural', 'on')) {
      joined = true
      tokens.next()
      continue
    }
    if (isWord(token, 'limit')) {
      skipSome(tokens, 2)
      return { rule: '', weak: true, sure: 0.9 }
    }
    if (isWord(token, 'returning', 'order', 'output', 'option', 'partition'))
      return { rule: '', weak: joined, sure: 0.9 }
    if (isWord(token, 'as')) {
      tokens.next()
      tokens.next()
      continue
    }
    // An alias is followed by more of the statement.
    const clauses = [
      'where',
      'using',
      'join',
      'inner',
      'left',
      'right',
      'set',
      'cross',
      'limit',
      'returning',
      'order',
      'from',
    ]
    if (joined || (isNameStart(token) && !token.fresh && isWord(tokens.peek(1), ...clauses))) {
      if (token.type === 'end') return { rule: 'join-without-where', weak: true, sure: 0.6 }
      tokens.next()
      continue
    }
    // An alias that ends it.
    if (isNameStart(token) && !token.fresh && token.type === 'word' && tokens.peek(1).type === 'end') tokens.next()
    return { rule: '', weak: false, sure: 0.95 }
  }
  return undefined
}

function isLimited(tokens: Cursor): boolean {
  return isWord(tokens.peek(), 'limit')
}
