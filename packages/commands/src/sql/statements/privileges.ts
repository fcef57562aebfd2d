import type { Cursor } from '../lex.ts'
import type { Act } from './act.ts'
import { isWord, readName, skipSome, skipToEnd } from './reading.ts'

const privileges = new Set(
  'all select insert update delete execute usage create connect references trigger truncate drop alter index process reload shutdown super file dba control temporary resource grant replication impersonate view maintain operate ownership modify event lock show'.split(
    ' ',
  ),
)
const powerful = new Set(
  'all super file dba control process shutdown drop alter impersonate ownership grant'.split(' '),
)

export function readGrant(tokens: Cursor): Act | undefined {
  const { known, strong, words } = readPrivileges(tokens, 'to')
  if (words === 0 || !isWord(tokens.peek(), 'to')) return undefined
  tokens.next()
  const grantee = tokens.peek()
  if (!readName(tokens) && grantee.type !== 'string') return undefined
  if (grantee.type === 'string') tokens.next()
  if (tokens.peek().text === '@' || tokens.peek().text.startsWith('@'))
    skipSome(tokens, tokens.peek().type === 'parameter' ? 1 : 2)
  const after = tokens.peek()
  let option = false
  if (isWord(after, 'with')) {
    option = true
    skipSome(tokens, 3)
  } else if (isWord(after, 'identified')) skipToEnd(tokens)
  const high = strong || option || grantee.text === 'public'
  if (!known && !high && after.type !== 'end') return undefined
  return { class: 'sql.privileges', severity: high ? 'HIGH' : 'MEDIUM', rule: 'grant', sure: known ? 0.95 : 0.6 }
}

export function readRevoke(tokens: Cursor): Act | undefined {
  const { known, words } = readPrivileges(tokens, 'from')
  if (words === 0 || !known || !isWord(tokens.peek(), 'from')) return undefined
  tokens.next()
  if (tokens.peek().type === 'string') tokens.next()
  else if (!readName(tokens)) return undefined
  if (tokens.peek().text === '@') skipSome(tokens, 2)
  return { class: 'sql.privileges', severity: 'MEDIUM', rule: 'revoke', sure: 0.9 }
}

/** `SELECT, UPDATE (a) ON x` up to TO or FROM. */
function readPrivileges(
  tokens: Cursor,
  until: string,
): { readonly known: boolean; readonly strong: boolean; readonly words: number } {
  let known = false
  let strong = false
  let object = false
  let words = 0
  for (; words < 60; words++) {
    const token = tokens.peek()
    if (token.type === 'end' || (isWord(token, until) && words > 0)) break
    if (isWord(token, 'on')) object = known
    else if (!object && token.type === 'word') {
      known ||= privileges.has(token.text)
      strong ||= powerful.has(token.text)
    }
    tokens.next()
  }
  // "grant all access to users": privileges are on something, or have the word.
  return { known: known && object, strong: strong && (object || known), words }
}
