import type { Deed } from '../deed.ts'

/** A form that injected SQL has and that other text has not, as a pattern over a text without comments. */
export interface Shape {
  readonly rule: string
  /** Bounded, and tried at its literals only. Flags `gi`. */
  readonly pattern: RegExp
  readonly severity: Deed['severity']
  readonly confidence: number
  /** Looks closer at a match. */
  readonly holds?: (match: RegExpExecArray, text: string) => boolean
  readonly evidence?: Deed['evidence']
}

/** A backtick is Markdown's and a program's more often than SQL's. */
const quote = `['"\u2018\u2019\u00b4]`
/** What stands between a broken quote and what is injected. */
const out = `\\\\{0,2}${quote}[\\s)]{0,20}`
const connective = '(?:or|and|xor|\\|\\||&&|not|having|where)'
const literal = `(?:${quote}[^'"\`\\n]{0,40}${quote}?|-?\\d{1,12}(?:\\.\\d{1,6})?|true|false|null|@@\\w{1,30}|0x[0-9a-f]{1,16})`
const comparison = '(?:=|==|<>|!=|<=>|<=|>=|<|>|like|rlike|regexp|glob|is(?:\\s+not)?|between|sounds\\s+like)(?![a-z])'

export const shapes: readonly Shape[] = [
  {
    rule: 'tautology-after-quote',
    pattern: new RegExp(
      `${out}${connective}[\\s(!~+-]{0,20}(${literal})[\\s)]{0,10}${comparison}[\\s(]{0,10}(${literal}|${quote})`,
      'giu',
    ),
    severity: 'HIGH',
    confidence: 0.9,
    holds: (match, text) => isOutOfPlace(match, text),
  },
  {
    rule: 'constant-after-quote',
    pattern: new RegExp(
      `${out}(?:or|\\|\\||xor|and|&&)[\\s(!]{1,20}(?:true|false|not\\s+false|\\d{1,6}|${quote}\\w{1,12}${quote}?)[\\s)]{0,10}(?:--|#|;|\\/\\*|$)`,
      'giu',
    ),
    severity: 'HIGH',
    confidence: 0.8,
  },
  {
    rule: 'condition-cut-by-comment',
    pattern: new RegExp(
      `${out}(?:${connective}|${comparison}|collate|limit|offset|order\\s+by|group\\s+by|[=|+%<>*/-])[^\\n;]{0,120}?(?:--[\\s;+-]{0,4}(?:\\n|$|['"]|[a-z]{0,4}$)|#\\s{0,4}$)`,
      'giu',
    ),
    severity: 'MEDIUM',
    confidence: 0.7,
    holds: ([whole], text) => !/^.{0,3}(?:--)/.test(whole) && text.length < 2_000,
  },
  {
    rule: 'constant-comparison',
    pattern:
      /(?<![\w.])(?:or|and|xor|having|\|\||&&)[\s(!]{1,20}(-?\d{1,12})[\s)]{0,10}(?:=|==|<>|!=|<=>|like|>|<|>=|<=)[\s(]{0,10}(-?\d{1,12})(?![\w.%])/giu,
    severity: 'MEDIUM',
    confidence: 0.6,
  },
  {
    rule: 'constant-comparison',
    pattern:
      /(?<![\w.])(?:or|and|xor|having)[\s(!]{1,20}('[^'\n]{0,24}')[\s)]{0,10}(?:=|<>|!=|<=>|like)[\s(]{0,10}('[^'\n]{0,24}'?)/giu,
    severity: 'MEDIUM',
    confidence: 0.6,
  },
  {
    rule: 'or-true',
    pattern:
      /(?<![\w.])-?\d{1,12}[\s)]{1,10}(?:or|\|\||xor)[\s(!]{1,20}(?:true|not\s+false|\d{1,4})[\s)]{0,10}(?:--|#|$)/giu,
    severity: 'MEDIUM',
    confidence: 0.6,
  },
  {
    rule: 'union-select',
    pattern:
      /(?<![\w$.])union[\s(]{1,40}(?:all[\s(]{1,20}|distinct[\s(]{1,20}|distinctrow[\s(]{1,20})?select[\s(@*'"`\d[]{1,20}[^;]{0,200}/giu,
    severity: 'HIGH',
    confidence: 0.85,
    holds: isInjectedUnion,
  },
  {
    rule: 'stacked',
    pattern: new RegExp(
      `(?:${quote}|\\d|\\))[\\s)]{0,10};\\s{0,20}(?:drop|delete|insert|update|alter|create|grant|exec(?:ute)?|declare|shutdown|truncate|select|waitfor|begin|set|copy|call|replace)\\s[^;\\n]{1,300}(?:;\\s{0,10})?(?:--|#\\s{0,4}$|\\/\\*)`,
      'giu',
    ),
    severity: 'HIGH',
    confidence: 0.9,
    holds: ([whole]) => !/--[^\n]{0,40}\w{2,} \w{2,}/.test(whole.slice(-60)),
  },
  {
    rule: 'stacked',
    pattern: new RegExp(
      `${quote}[\\s)]{0,10};\\s{0,20}(?:drop|delete|insert|update|alter|exec(?:ute)?|declare|shutdown|truncate|select|waitfor|copy)\\s`,
      'giu',
    ),
    severity: 'MEDIUM',
    confidence: 0.6,
    holds: (match, text) => text.length < 400 && opensHere(text, match),
  },
  {
    rule: 'delay',
    pattern:
      /(?:(?<![\w.])(?:and|or|xor|select|union|from|where|,|\|\||&&)[\s(,'"]{1,12}|['";][\s(]{0,10})(?:sleep|pg_sleep(?:_for)?|benchmark|randomblob)\s{0,6}\(/giu,
    severity: 'HIGH',
    confidence: 0.8,
    holds: (match, text) => isQueryLike(match, text),
  },
  {
    rule: 'delay',
    pattern: /(?<![\w.])waitfor\s{1,20}(?:delay|time)\s{0,20}(?:n?['"]|@|$)/giu,
    severity: 'HIGH',
    confidence: 0.85,
  },
  {
    rule: 'delay',
    pattern:
      /(?<![\w.])(?:pg_sleep(?:_for|_until)?\s{0,6}\(|dbms_(?:pipe\.receive_message|lock\.sleep|session\.sleep)|benchmark\s{0,6}\(\s{0,6}\d{4,12}|randomblob\s{0,4}\(\s{0,4}\d{7,12})/giu,
    severity: 'MEDIUM',
    confidence: 0.6,
  },
  {
    rule: 'program',
    pattern:
      /(?<![\w])(?:xp_(?:cmdshell|dirtree|fileexist|regread|regwrite|regdeletekey|regenumvalues|subdirs|servicecontrol|enumgroups|makecab)|sp_oacreate|sp_oamethod|sp_makewebtask|sp_execute_external_script|sys_eval\s{0,4}\(|sys_exec\s{0,4}\(|dbms_scheduler\.create_job|dbms_java\.runjava|dbms_xslprocessor|utl_(?:http|inaddr|file|tcp|smtp)\.\w)/giu,
    severity: 'HIGH',
    confidence: 0.85,
  },
  {
    rule: 'program',
    pattern: /(?<![\w.])copy\s[^;]{1,200}?\b(?:from|to)\s{1,10}program\s{0,10}(?:'|\$\$|e')/giu,
    severity: 'CRITICAL',
    confidence: 0.95,
    evidence: 'parser',
  },
  {
    rule: 'file',
    pattern:
      /(?<![\w.])(?:load_file\s{0,6}\(|into\s{1,10}(?:outfile|dumpfile)\s{0,10}['"\\]|load\s{1,6}data\s{1,6}(?:local\s{1,6}|low_priority\s{1,6}|concurrent\s{1,6})?infile\s|lo_(?:import|export)\s{0,4}\(|pg_read_(?:binary_)?file\s{0,4}\(|pg_ls_dir\s{0,4}\(|openrowset\s{0,4}(?:\(|$)|opendatasource\s{0,4}\(|load_extension\s{0,4}\(|writefile\s{0,4}\(\s{0,4}')/giu,
    severity: 'HIGH',
    confidence: 0.8,
  },
  {
    rule: 'error-based',
    pattern:
      /(?<![\w.])(?:extractvalue|updatexml|xmltype|exp|gtid_subset|json_keys)\s{0,4}\(\s{0,4}[^()\n]{0,40}(?:\(\s{0,4}select\b|concat\s{0,4}\(\s{0,4}0x|0x7e|~\s{0,4}\()/giu,
    severity: 'HIGH',
    confidence: 0.85,
  },
  {
    rule: 'blind',
    pattern:
      /(?<![\w.])(?:and|or|xor|where|having|if\s{0,4}\(|when)\s{0,10}[(!\s]{0,10}(?:ascii|ord|unicode|substr|substring|mid|length|hex|left|right|count)\s{0,4}\([\s(]{0,10}(?:select|substr|substring|mid|(?:current_|system_|session_)?user|database|version)\b/giu,
    severity: 'HIGH',
    confidence: 0.8,
  },
  {
    rule: 'blind',
    pattern:
      /(?<![\w.])(?:and|or|xor|\|\||&&|,|;)\s{0,10}\({0,5}\s{0,10}\(\s{0,10}select\s{0,10}[*(]{0,4}\s{0,10}(?:from\s{0,4}\(|case\b|count\s{0,4}\(|min\s{0,4}\(|char\s{0,4}\(|chr\s{0,4}\()/giu,
    severity: 'MEDIUM',
    confidence: 0.6,
    holds: (match, text) => !startsAsQuery(text, match.index),
  },
  {
    rule: 'character-codes',
    pattern:
      /(?<![\w.])cha?r\s{0,4}\(\s{0,4}\d{2,3}\s{0,4}(?:(?:\)\s{0,4}(?:\|\||\+|,|&)\s{0,4}(?:n?cha?r\s{0,4}\()\s{0,4}|,\s{0,4})\d{2,3}\s{0,4}){2,}/giu,
    severity: 'HIGH',
    confidence: 0.8,
  },
  {
    rule: 'character-codes',
    pattern:
      /(?<![\w.])(?:concat(?:_ws)?|group_concat|select|union|make_set|elt|prepare\s[^;]{1,40}\sfrom|set\s{1,6}@{1,2}\w{1,40}\s{0,4}:?=)[\s(,]{1,10}(?:0x(?:[0-9a-f]{2}){2,}|x'[0-9a-f]{8,})/giu,
    severity: 'MEDIUM',
    confidence: 0.7,
  },
  {
    rule: 'dynamic',
    pattern:
      /(?<![\w.])(?:declare\s{1,10}@\w{1,40}\s{1,10}(?:n?varchar|as\s)|exec(?:ute)?\s{0,10}\(\s{0,10}(?:@|n?')|exec(?:ute)?\s{1,10}@\w|execute\s{1,10}immediate\s{1,10}(?:'|concat|@|chr))[^\n]{0,4}/giu,
    severity: 'MEDIUM',
    confidence: 0.55,
  },
  {
    rule: 'column-count',
    pattern: new RegExp(
      `(?:${out}|(?<![\\w.])-?\\d{1,8}[\\s)]{1,10})(?:order|group)\\s{1,10}by\\s{1,10}\\d{1,4}[\\s)]{0,6}(?:--|#|\\/\\*|;|$)`,
      'giu',
    ),
    severity: 'HIGH',
    confidence: 0.8,
    holds: (match, text) =>
      !startsAsQuery(text, match.index) || (/['"][\s)]*order/i.test(match[0]) && /(?:--|#)/.test(match[0])),
  },
  {
    rule: 'procedure-analyse',
    pattern: /(?<![\w.])procedure\s{1,10}analyse\s{0,4}\(/giu,
    severity: 'HIGH',
    confidence: 0.85,
  },
  {
    rule: 'catalogue',
    pattern:
      /(?<![\w.])(?:information_schema|pg_catalog|pg_shadow|pg_authid|sqlite_(?:master|schema|temp_master)|sysobjects|syscolumns|sys\.(?:user_objects|tables|columns|sql_logins|databases)|msysaccessobjects|mysql\.(?:user|db|innodb_table_stats)|all_tab_columns|master\.\.?\w|v\$version)(?![\w-])/giu,
    severity: 'LOW',
    confidence: 0.35,
    evidence: 'keyword',
  },
]

/**
 * `x' or '1'='1`: two literals compared. In a program (`a === "" || "b" === c`) one side is none, and the quotes of the first
 * string are a pair on the same line.
 */
function isOutOfPlace({ 0: whole, 1: left = '', index }: RegExpExecArray, text: string): boolean {
  if (
    /^['"][^'"]*['"]?$/.test(left) === false &&
    !/^(?:-?[\d.]+|true|false|null|@@\w+|0x[0-9a-f]+)$/i.test(left) &&
    !/^[\u2018\u2019\u00b4]/.test(left)
  )
    return false
  const mark = /['"\u2018\u2019\u00b4]/.exec(whole)?.[0] ?? "'"
  const line = text.slice(Math.max(text.lastIndexOf('\n', index) + 1, index - 400), index)
  const before = line.split(mark).length - 1
  // In a query, this quote opens a string.
  if (before % 2 === 0 && /^\s*(?:select|insert|update|delete|with|merge)\b/i.test(text)) return false
  const balanced = before % 2 === 1
  // A pair before it: only the comparison of two equal or plain literals is left to tell it.
  const equal = /(\w*)['"]?[\s)]*(?:=|==|like)[\s(]*['"]?\1['"]?$/i.test(whole)
  return !balanced || equal
}

/** A union that no query begins, or one that fetches what is not its to fetch and cuts the rest off. */
function isInjectedUnion({ 0: whole, index: at }: RegExpExecArray, text: string): boolean {
  // "UNION SELECT semantics": nothing is selected.
  if (
    !/select[\s(@*'"`\d[]+(?:[^;]{1,120}\sfrom\s|[^;]{0,120}\bfrom[\s`"[(]|(?:null|\d{1,8}|0x[0-9a-f]+|'[^']{0,40}'|@@?\w{1,20}|\w{1,30}\s{0,4}\()[\s,)]*|\*|@)/i.test(
      whole,
    )
  )
    return false
  if (!startsAsQuery(text, at)) return true
  const before = text.slice(Math.max(0, at - 6), at)
  const cut = /(?:--|#)\s*['"]?\s*$/.test(whole)
  return (
    cut ||
    (/['"]\s*\)?\s*$/.test(before) && /\bselect\s+(?:null|\d{1,3})\s*,\s*(?:null|\d{1,3})/i.test(whole)) ||
    /''\s*\)?\s*$/.test(before) ||
    (/\b(?:information_schema|password|passwd|sqlite_master|pg_shadow)\b/i.test(whole) && /['"]\s*$/.test(before))
  )
}

/** A query began before this, in the same statement. */
export function startsAsQuery(text: string, at: number): boolean {
  const before = text.slice(Math.max(0, at - 4_000), at)
  const lower = before.toLowerCase()
  const query = Math.max(lower.lastIndexOf('select'), lower.lastIndexOf('values'))
  if (query < 0) return false
  return !before.slice(query).includes(';')
}

/** The quote of a match leaves an odd one open before it: what follows is outside of a string, or begins one. */
function opensHere(text: string, match: RegExpExecArray): boolean {
  const mark = /['"`\u2018\u2019\u00b4]/.exec(match[0])?.[0] ?? "'"
  return text.split(mark).length % 2 === 0
}

/** Stands in SQL: not `time.sleep(1)`, not `if (ok) sleep(2)`. */
function isQueryLike(match: RegExpExecArray, text: string): boolean {
  const before = text.slice(Math.max(0, match.index - 200), match.index + match[0].length)
  if (/select|union|waitfor|benchmark|pg_sleep|(?:and|or|xor|\|\||&&)[\s(]+sleep/i.test(before)) return true
  return text.length < 300 && /['"`)]/.test(text)
}
