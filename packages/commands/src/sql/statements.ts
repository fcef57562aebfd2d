import type { Deed } from '../deed.ts'
import { readCondition } from './condition.ts'
import { type Cursor, cursor, type Token } from './lex.ts'

/** What a statement does, before it is said how sure it is that the text runs it. */
interface Act {
  readonly class: Deed['class']
  readonly severity: Deed['severity']
  readonly rule: string
  /** As it was read by its grammar; less where only its beginning was. */
  readonly sure: number
}

/** Something is read from here and, if it is a statement that does harm, told. */
export function readStatement(text: string, at: number, budget: { left: number }): Deed | undefined {
  const tokens = cursor(text, at, quoteBefore(text, at), budget)
  const head = tokens.next()
  const read = readers.get(head.text)
  if (head.type !== 'word' || read === undefined) return undefined
  const act = read(tokens, { text, at })
  if (act === undefined) return undefined
  const after = tokens.peek()
  if (isConcatenated(text, after, act)) return undefined
  const confidence = act.sure * likelihood(text, at, head, after)
  if (confidence < 0.35) return undefined
  const { class: kind, severity, rule } = act
  const firm = confidence >= 0.6
  return {
    class: kind,
    start: at,
    end: lastEnd(text, after.start, at),
    confidence: Math.round(confidence * 100) / 100,
    severity: firm ? severity : lower(severity),
    rule,
    evidence: firm ? 'parser' : 'pattern',
  }
}

type Reader = (tokens: Cursor, place: { readonly text: string; readonly at: number }) => Act | undefined

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['drop', readDrop],
  ['truncate', readTruncate],
  ['delete', readDelete],
  ['update', readUpdate],
  ['alter', readAlter],
  ['grant', readGrant],
  ['revoke', readRevoke],
  ['create', readCreate],
  ['merge', readMerge],
  ['shutdown', readShutdown],
  ['insert', readInsert],
  ['detach', readDetach],
  ['set', readSet],
  ['exec', readExec],
  ['execute', readExec],
])

/** A word with which one of the statements begins, as far as it stands alone. */
export const heads: RegExp =
  /(?<![\p{L}\p{N}_$@.-]|[\p{L}\p{N}_$)\]]\.|\bFOR |\bfor |\bDO |\bdo |\bON |\bon |\bTHEN (?=UPDATE SET)|\bKEY )(?:drop|truncate|delete|update|alter|grant|revoke|create|merge|shutdown|insert|detach|set|exec(?:ute)?)(?![\p{L}\p{N}_$.:=-])/giu

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

/** Words that stand behind "DROP TABLE" in prose and name nothing. */
const noNames = new Set(
  'statement statements command commands query queries is are was or and the an if in on for with to of from privilege privileges permission permissions operation operations syntax that this which when will can would may has have does not it its option options clause keyword where then set rows row all into by as at be'.split(
    ' ',
  ),
)

function readDrop(tokens: Cursor): Act | undefined {
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

function readTruncate(tokens: Cursor): Act | undefined {
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

function readDelete(tokens: Cursor): Act | undefined {
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

function readUpdate(tokens: Cursor): Act | undefined {
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

interface Reached {
  readonly rule: string
  readonly weak: boolean
  readonly sure: number
}

/** What follows the table of a DELETE or the assignments of an UPDATE. Undefined: it binds, or it is no statement. */
function readRest(tokens: Cursor, table: string): Reached | undefined {
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

function readAlter(tokens: Cursor): Act | undefined {
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

const privileges = new Set(
  'all select insert update delete execute usage create connect references trigger truncate drop alter index process reload shutdown super file dba control temporary resource grant replication impersonate view maintain operate ownership modify event lock show'.split(
    ' ',
  ),
)
const powerful = new Set(
  'all super file dba control process shutdown drop alter impersonate ownership grant'.split(' '),
)

function readGrant(tokens: Cursor): Act | undefined {
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

function readRevoke(tokens: Cursor): Act | undefined {
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

function readCreate(tokens: Cursor): Act | undefined {
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

function readMerge(tokens: Cursor): Act | undefined {
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

function readShutdown(tokens: Cursor, { text, at }: { readonly text: string; readonly at: number }): Act | undefined {
  const alone = /(?:^|[;'"])\s*$/.test(text.slice(Math.max(0, at - 16), at))
  if (isWord(tokens.peek(), 'with', 'immediate', 'abort')) skipSome(tokens, 2)
  else if (!alone) return undefined
  if (!/^\s*(?:;|--|$)/.test(text.slice(tokens.peek().start, tokens.peek().start + 8))) return undefined
  if (text.charAt(at) !== 'S' && !text.slice(0, at).includes(';')) return undefined
  return { class: 'sql.destructive', severity: 'HIGH', rule: 'shutdown', sure: 0.8 }
}

function readInsert(tokens: Cursor): Act | undefined {
  if (!isWord(tokens.next(), 'overwrite')) return undefined
  while (isWord(tokens.peek(), 'table', 'local', 'directory', 'into')) tokens.next()
  if (!readName(tokens) && tokens.next().type !== 'string') return undefined
  skipToEnd(tokens)
  return { class: 'sql.destructive', severity: 'MEDIUM', rule: 'insert-overwrite', sure: 0.85 }
}

/** Cypher: `MATCH (n) DETACH DELETE n`. */
function readDetach(tokens: Cursor, { text, at }: { readonly text: string; readonly at: number }): Act | undefined {
  if (!isWord(tokens.next(), 'delete') || !readName(tokens)) return undefined
  const before = text.slice(Math.max(0, at - 200), at)
  const match = /match\s*\(\s*(\w*)(?:\s*:\s*\w+)?\s*\)\s*$/i.exec(before)
  return match === null ? undefined : { class: 'sql.unbound-write', severity: 'HIGH', rule: 'detach-delete', sure: 0.9 }
}

/** Settings that take protection away. */
function readSet(tokens: Cursor): Act | undefined {
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

function readExec(tokens: Cursor): Act | undefined {
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

function skipIfExists(tokens: Cursor): void {
  if (!isWord(tokens.peek(), 'if')) return
  tokens.next()
  while (isWord(tokens.peek(), 'not', 'exists')) tokens.next()
}

/** A name, dots and parts; in lower case. Undefined: none stands there, and nothing was read. */
function readName(tokens: Cursor): string | undefined {
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
function readAccount(tokens: Cursor): boolean {
  if (tokens.peek().type === 'string') tokens.next()
  else if (readName(tokens) === undefined) return false
  if (tokens.peek().text.startsWith('@')) skipSome(tokens, tokens.peek().type === 'parameter' ? 1 : 2)
  return true
}

function isNameStart(token: Token): boolean {
  if (token.type === 'name') return token.text !== ''
  if (token.type === 'word') return !noNames.has(token.text)
  return token.type === 'parameter' && !token.text.startsWith('::')
}

function skipParentheses(tokens: Cursor): void {
  let depth = 0
  for (let token = tokens.peek(); token.type !== 'end'; token = tokens.peek()) {
    tokens.next()
    if (token.text === '(') depth++
    else if (token.text === ')' && --depth <= 0) return
  }
}

function skipSome(tokens: Cursor, count: number): void {
  for (let done = 0; done < count && tokens.peek().type !== 'end'; done++) tokens.next()
}

function skipToEnd(tokens: Cursor): void {
  for (let count = 0; count < 200 && tokens.peek().type !== 'end' && !(tokens.peek().fresh && count > 0); count++)
    tokens.next()
}

function isWord(token: Token, ...words: readonly string[]): boolean {
  return token.type === 'word' && words.includes(token.text)
}

type Ending = 'closed' | 'likely' | 'open'

/** Whether the statement is over where its grammar says that it may be. */
function ending(text: string, after: Token): Ending {
  if (after.type === 'end') return 'closed'
  if (after.type === 'string' || after.type === 'name') return 'likely'
  if (after.type === 'symbol' && /^[)}\]|&<#\\/]/.test(after.text)) return 'closed'
  if (after.fresh) return 'closed'
  if (/^[.,:!]/.test(after.text) && /^[.,:!?]+(?:\s|$)/.test(text.slice(after.start, after.start + 4))) return 'likely'
  if (after.type === 'parameter' && after.text === '?') return 'likely'
  if (isWord(after, 'go')) return 'closed'
  return 'open'
}

/** A program puts more behind it: what the statement says as a whole is not known. */
function isConcatenated(text: string, after: Token, act: Act): boolean {
  if (act.class !== 'sql.unbound-write' || after.type !== 'end' || !/^["'`]/.test(after.text)) return false
  const rest = text.slice(after.start + 1, after.start + 200)
  return (
    /^\s*(?:\+|\.\s*[$"'\w]|\|\||%\s|&\s|\\\s*\n|\n\s*[fr]?["'`])/.test(rest) ||
    /^[^;\n]{0,40}\n?\s*["'`]\s*where\b/i.test(rest)
  )
}

/** How likely it is that the text has the statement run, and does not talk of it. */
function likelihood(text: string, at: number, head: Token, after: Token): number {
  const ends = ending(text, after)
  const spelled = text.slice(at, head.end)
  const second = text.charAt(nextWord(text, head.end))
  const loud = spelled === spelled.toUpperCase()
  const odd = !loud && /[A-Z]/.test(spelled.slice(1))
  const starts = startsHere(text, at)
  const quiet = !loud && !odd
  // "Delete from cart" stands on a button; in SQL both words are written alike.
  const label = quiet && spelled !== spelled.toLowerCase() && second === second.toLowerCase()
  if (ends === 'closed') {
    const semicolon = after.text === ';'
    if (label && !semicolon) return 0.3
    return starts ? (quiet ? 0.9 : 1) : quiet ? (semicolon ? 0.8 : 0.45) : 0.85
  }
  if (ends === 'likely') return quiet ? (starts && !label ? 0.5 : 0.3) : starts ? 0.8 : 0.7
  return quiet ? 0 : starts ? 0.55 : 0.45
}

function nextWord(text: string, from: number): number {
  let at = from
  while (at < text.length && at - from < 40 && !/[A-Za-z]/.test(text.charAt(at))) at++
  return at
}

const opener = /(?:^|[;:'"`(>|=,#{}[\]]|\b(?:begin|then|else|as|do|explain|analyze|immediate|loop|\))|--)\s*$/i

function startsHere(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 24), at)
  return (
    at === 0 ||
    /\n[ \t]*$/.test(before) ||
    (opener.test(before) && !/^\s+$/.test(before)) ||
    (at < 24 && before.trim() === '')
  )
}

/** The quote that opens right before a statement, and so closes behind it. */
function quoteBefore(text: string, at: number): string {
  const quote = /(["'`])\s*$/.exec(text.slice(Math.max(0, at - 8), at))?.[1] ?? ''
  return quote
}

function lastEnd(text: string, end: number, start: number): number {
  let at = Math.min(end, text.length)
  while (at > start + 1 && /\s/.test(text.charAt(at - 1))) at--
  return at
}

function lower(severity: Deed['severity']): Deed['severity'] {
  return severity === 'CRITICAL' ? 'HIGH' : severity === 'HIGH' ? 'MEDIUM' : 'LOW'
}
