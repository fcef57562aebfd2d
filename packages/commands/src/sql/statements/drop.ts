import type { Deed } from '../../deed.ts'
import type { Cursor } from '../lex.ts'
import type { Act } from './act.ts'
import { isNameStart, isWord, readAccount, readName, skipIfExists, skipParentheses } from './reading.ts'

/** What can be dropped, and how bad that is. */
const droppable: ReadonlyMap<string, Deed['severity']> = new Map<string, Deed['severity']>([
  ...(['database', 'schema', 'keyspace'] as const).map((word) => [word, 'CRITICAL'] as const),
  ...(
    [
      'table',
      'tablespace',
      'collection',
      'tables',
      'namespace',
      'catalog',
      'graph',
      'bucket',
      'measurement',
      'foreign',
    ] as const
  ).map((word) => [word, 'HIGH'] as const),
  ...(
    ['user', 'role', 'login', 'partition', 'column', 'materialized', 'owned', 'publication', 'subscription'] as const
  ).map((word) => [word, 'HIGH'] as const),
  ...(
    [
      'view',
      'index',
      'function',
      'procedure',
      'trigger',
      'sequence',
      'type',
      'extension',
      'policy',
      'event',
      'package',
      'synonym',
      'domain',
      'server',
      'constraint',
      'rule',
      'aggregate',
      'operator',
      'cast',
      'group',
      'assembly',
      'profile',
      'directory',
      'stage',
      'warehouse',
      'pipe',
      'stream',
      'task',
      'external',
      'temporary',
      'unique',
      'certificate',
      'credential',
      'collation',
      'language',
    ] as const
  ).map((word) => [word, 'MEDIUM'] as const),
])

export function readDrop(tokens: Cursor): Act | undefined {
  let kind = tokens.next()
  if (isWord(kind, 'all') && isWord(tokens.peek(), 'objects')) {
    tokens.next()
    return { class: 'sql.destructive', severity: 'CRITICAL', rule: 'drop-all', sure: 0.95 }
  }
  if (kind.type !== 'word') return undefined
  const severity = droppable.get(kind.text)
  if (severity === undefined) return undefined
  const rule = `drop-${kind.text}`
  while (isWord(tokens.peek(), 'view', 'table', 'temporary', 'concurrently', 'by', 'data', 'wrapper', 'index'))
    kind = tokens.next()
  skipIfExists(tokens)
  if (!(rule === 'drop-user' || rule === 'drop-role' ? readAccount(tokens) : readName(tokens))) return undefined
  while (tokens.peek().text === ',' && isNameStart(tokens.peek(1))) {
    tokens.next()
    readName(tokens)
  }
  if (tokens.peek().text === '(') skipParentheses(tokens)
  if (isWord(tokens.peek(), 'on')) {
    tokens.next()
    readName(tokens)
  }
  while (
    isWord(
      tokens.peek(),
      'cascade',
      'restrict',
      'purge',
      'constraints',
      'force',
      'including',
      'contents',
      'and',
      'datafiles',
      'with',
    )
  )
    tokens.next()
  return { class: 'sql.destructive', severity, rule, sure: 0.95 }
}

export function readTruncate(tokens: Cursor): Act | undefined {
  const named = isWord(tokens.peek(), 'table')
  if (named) tokens.next()
  skipIfExists(tokens)
  if (isWord(tokens.peek(), 'only')) tokens.next()
  if (!readName(tokens)) return undefined
  while (tokens.peek().text === ',' && isNameStart(tokens.peek(1))) {
    tokens.next()
    readName(tokens)
  }
  while (isWord(tokens.peek(), 'cascade', 'restrict', 'restart', 'continue', 'identity', 'drop', 'reuse', 'storage'))
    tokens.next()
  if (!named && tokens.peek().type !== 'end') return undefined
  return { class: 'sql.destructive', severity: 'HIGH', rule: 'truncate', sure: named ? 0.95 : 0.6 }
}
