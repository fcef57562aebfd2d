import type { Deed } from '../../deed.ts'
import { readCondition } from '../condition.ts'
import type { Cursor } from '../lex.ts'
import type { Act } from './act.ts'
import { isWord, readName, skipIfExists, skipSome, skipToEnd } from './reading.ts'

export function readCreate(tokens: Cursor): Act | undefined {
  while (isWord(tokens.peek(), 'or', 'replace')) tokens.next()
  const what = tokens.next()
  if (isWord(what, 'user', 'role', 'login')) {
    skipIfExists(tokens)
    if (tokens.peek().type === 'string') tokens.next()
    else if (!readName(tokens)) return undefined
    if (tokens.peek().text.startsWith('@')) skipSome(tokens, tokens.peek().type === 'parameter' ? 1 : 2)
    if (
      !isWord(
        tokens.peek(),
        'identified',
        'with',
        'superuser',
        'password',
        'login',
        'createrole',
        'for',
        'in',
        'createdb',
      )
    )
      return undefined
    skipToEnd(tokens)
    return { class: 'sql.privileges', severity: 'MEDIUM', rule: `create-${what.text}`, sure: 0.9 }
  }
  return undefined
}

export function readMerge(tokens: Cursor): Act | undefined {
  if (!isWord(tokens.next(), 'into')) return undefined
  if (!readName(tokens)) return undefined
  for (let count = 0; count < 400; count++) {
    const token = tokens.next()
    if (token.type === 'end') return undefined
    if (!isWord(token, 'on')) continue
    const { reach } = readCondition(tokens, '')
    return reach === 'all'
      ? { class: 'sql.unbound-write', severity: 'HIGH', rule: 'merge-always-true', sure: 0.8 }
      : undefined
  }
  return undefined
}

export function readShutdown(
  tokens: Cursor,
  { text, at }: { readonly text: string; readonly at: number },
): Act | undefined {
  const alone = /(?:^|[;'"])\s*$/.test(text.slice(Math.max(0, at - 16), at))
  if (isWord(tokens.peek(), 'with', 'immediate', 'abort')) skipSome(tokens, 2)
  else if (!alone) return undefined
  if (!/^\s*(?:;|--|$)/.test(text.slice(tokens.peek().start, tokens.peek().start + 8))) return undefined
  if (text.charAt(at) !== 'S' && !text.slice(0, at).includes(';')) return undefined
  return { class: 'sql.destructive', severity: 'HIGH', rule: 'shutdown', sure: 0.8 }
}

export function readInsert(tokens: Cursor): Act | undefined {
  if (!isWord(tokens.next(), 'overwrite')) return undefined
  while (isWord(tokens.peek(), 'table', 'local', 'directory', 'into')) tokens.next()
  if (!readName(tokens) && tokens.next().type !== 'string') return undefined
  skipToEnd(tokens)
  return { class: 'sql.destructive', severity: 'MEDIUM', rule: 'insert-overwrite', sure: 0.85 }
}

/** Cypher: `MATCH (n) DETACH DELETE n`. */
export function readDetach(
  tokens: Cursor,
  { text, at }: { readonly text: string; readonly at: number },
): Act | undefined {
  if (!isWord(tokens.next(), 'delete') || !readName(tokens)) return undefined
  const before = text.slice(Math.max(0, at - 200), at)
  const match = /match\s*\(\s*(\w*)(?:\s*:\s*\w+)?\s*\)\s*$/i.exec(before)
  return match === null ? undefined : { class: 'sql.unbound-write', severity: 'HIGH', rule: 'detach-delete', sure: 0.9 }
}

/** Settings that take protection away. */
export function readSet(tokens: Cursor): Act | undefined {
  const words: string[] = []
  for (let count = 0; count < 4 && tokens.peek().type !== 'end'; count++) words.push(tokens.next().text)
  const said = words.join(' ')
  if (/^password (?:for|=)/.test(said)) {
    skipToEnd(tokens)
    return { class: 'sql.privileges', severity: 'HIGH', rule: 'set-password', sure: 0.85 }
  }
  if (/^session authorization|^role (?:postgres|admin|superuser|root)/.test(said)) {
    return { class: 'sql.privileges', severity: 'MEDIUM', rule: 'set-role', sure: 0.8 }
  }
  return undefined
}

const administration: ReadonlyMap<string, readonly [Deed['class'], Deed['severity']]> = new Map([
  ['sp_addsrvrolemember', ['sql.privileges', 'HIGH']],
  ['sp_addrolemember', ['sql.privileges', 'MEDIUM']],
  ['sp_addlogin', ['sql.privileges', 'HIGH']],
  ['sp_password', ['sql.privileges', 'HIGH']],
  ['sp_droplogin', ['sql.privileges', 'MEDIUM']],
  ['sp_configure', ['sql.privileges', 'HIGH']],
  ['sp_msforeachtable', ['sql.destructive', 'HIGH']],
  ['sp_detach_db', ['sql.destructive', 'HIGH']],
])

export function readExec(tokens: Cursor): Act | undefined {
  let name = tokens.next()
  for (let count = 0; count < 8 && tokens.peek().text === '.'; count++) {
    tokens.next()
    if (tokens.peek().text === '.') continue
    name = tokens.next()
  }
  const known = administration.get(name.text.toLowerCase())
  if (known === undefined) return undefined
  skipToEnd(tokens)
  return { class: known[0], severity: known[1], rule: name.text.toLowerCase().replaceAll('_', '-'), sure: 0.9 }
}
