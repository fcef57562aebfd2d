import type { Cursor, Token } from '../lex.ts'
import type { Act } from './act.ts'
import { isNameStart, isWord, readAccount, readName, skipIfExists, skipParentheses, skipToEnd } from './reading.ts'

export function readAlter(tokens: Cursor): Act | undefined {
  const what = tokens.next()
  if (isWord(what, 'user', 'role', 'login')) {
    if (!readAccount(tokens)) return undefined
    if (
      !isWord(
        tokens.peek(),
        'identified',
        'with',
        'superuser',
        'createrole',
        'password',
        'enable',
        'add',
        'set',
        'createdb',
        'account',
        'bypassrls',
      )
    )
      return undefined
    skipToEnd(tokens)
    return { class: 'sql.privileges', severity: 'HIGH', rule: `alter-${what.text}`, sure: 0.9 }
  }
  if (isWord(what, 'database', 'schema', 'system')) return undefined
  if (!isWord(what, 'table')) return undefined
  skipIfExists(tokens)
  if (isWord(tokens.peek(), 'only')) tokens.next()
  if (!readName(tokens)) return undefined
  for (let count = 0, before: Token | undefined; count < 400; count++) {
    const token = tokens.next()
    if (token.type === 'end') return undefined
    const starts = before === undefined || before.text === ','
    before = token
    if (!starts || !isWord(token, 'drop', 'truncate', 'disable')) continue
    const dropped = tokens.peek()
    if (token.text === 'disable' && !isWord(dropped, 'trigger', 'row')) continue
    const kind = dropped.type === 'word' ? dropped.text : ''
    if (kind === 'default' || kind === 'not' || kind === 'identity' || kind === 'expression') continue
    tokens.next()
    while (isWord(tokens.peek(), 'key', 'if', 'exists', 'all', 'level', 'security')) tokens.next()
    if (tokens.peek().text === '(') skipParentheses(tokens)
    else if (kind !== '' && isNameStart(tokens.peek()) && !tokens.peek().fresh) readName(tokens)
    while (isWord(tokens.peek(), 'cascade', 'restrict')) tokens.next()
    const light = ['constraint', 'index', 'key', 'foreign', 'primary', 'check', 'trigger', 'row'].includes(kind)
    return { class: 'sql.destructive', severity: light ? 'MEDIUM' : 'HIGH', rule: 'alter-table-drop', sure: 0.9 }
  }
  return undefined
}
