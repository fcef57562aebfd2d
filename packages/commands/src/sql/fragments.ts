import type { Deed } from '../deed.ts'

/** A text that is longer is no fragment: what these forms say is that nothing else stands there. */
const longest = 160

const functions =
  'abs|ascii|avg|benchmark|bin|cast|char|chr|coalesce|compress|concat|concat_ws|conv|convert|cos|count|current_user|database|date_format|db_name|decode|elt|encode|export_set|extractvalue|field|find_in_set|floor|format|group_concat|hex|if|iif|ifnull|insert|instr|isnull|lcase|left|length|like|load_file|locate|lower|lpad|ltrim|make_set|md5|mid|minute|mod|now|nullif|oct|ord|password|pg_sleep|pi|position|pow|power|rand|repeat|replace|reverse|right|round|row_count|rpad|rtrim|schema|session_user|sha1|sha2|sign|sin|sleep|soundex|space|sqrt|strcmp|substr|substring|sysdate|system_user|time|trim|truncate|ucase|uncompress|unhex|updatexml|upper|user|uuid|values|version|xmltype'

interface Fragment {
  readonly rule: string
  readonly severity: Deed['severity']
  readonly confidence: number
  readonly evidence: Deed['evidence']
  readonly pattern: RegExp
}

/** Of a piece of SQL that was cut out to be put into a query: a quote out of place, a call or a query without its other half. */
const fragmentRules: readonly Fragment[] = [
  {
    rule: 'ends-in-comment',
    severity: 'MEDIUM',
    confidence: 0.6,
    evidence: 'pattern',
    pattern:
      /^[^'"`\u2018\u2019\n]{0,80}\\{0,2}['"`\u2018\u2019][\s)]{0,10}(?:--[\s+-]{0,4}|#|\/\*|;\s{0,4}(?:--[\s-]{0,4}|#|\0|%00)?)$/u,
  },
  {
    rule: 'quote-and-connective',
    severity: 'MEDIUM',
    confidence: 0.5,
    evidence: 'pattern',
    pattern:
      /^(?:[^'"`\n]{0,80}[\\\w])?['"`\u2018\u2019]{1,3}\s{0,6}(?:(?:or|and|xor|not|\|\||&&)\s{0,4}\(?(?:['"`?\d(]|\s\w{1,20}\s{0,4}(?:[!=<>;(%?*+-]|\d|$))|union\b|having\s|;\s{0,4}(?:select|drop|insert|update|delete|exec|declare|waitfor|print)\b|waitfor\b)/iu,
  },
  {
    rule: 'open-call',
    severity: 'LOW',
    confidence: 0.25,
    evidence: 'keyword',
    pattern: new RegExp(`(?:^|[\\s=;,'"&|(\\])])(?:${functions})\\s{0,4}\\([\\w'@\\s]{0,8}$`, 'iu'),
  },
  {
    rule: 'half-comparison',
    severity: 'LOW',
    confidence: 0.3,
    evidence: 'pattern',
    pattern:
      /(?:^|[\s=&;'"|(])(?:and|or|xor|\|\||&&)\s{1,10}[\w(]{1,12}\s{0,4}(?:=|==|!=|<>|<|>)\s{0,4}(?:\(|['"])?$/iu,
  },
  {
    rule: 'half-query',
    severity: 'LOW',
    confidence: 0.3,
    evidence: 'pattern',
    pattern:
      /^[)`'"\s]{1,6}(?:as\s{1,6}[`\w]{1,40}\s{1,6}from|like\s{0,4}\(|when\s{1,6}\w{1,20}\s{1,6}then)\b|^\s{0,4}(?:union\s{1,6}(?:all\s{1,6})?select|select\s{1,6}if\s{0,4}\()[^;]{0,40}$/iu,
  },
  {
    rule: 'system-name',
    severity: 'LOW',
    confidence: 0.25,
    evidence: 'keyword',
    pattern:
      /^\W{0,6}(?:exec(?:ute)?\s{1,4})?(?:sp_executesql|sp_password|sp_addextendedproc|xp_\w{3,30}|tempdb|northwind|db_name|schema_name|@@version|openquery|dbms_\w{3,30})\W{0,6}$/iu,
  },
]

export function fragments(text: string): readonly Deed[] {
  const trimmed = text.trim()
  if (trimmed === '' || trimmed.length > longest) return []
  const start = text.indexOf(trimmed)
  const found = fragmentRules.filter(({ pattern }) => pattern.test(trimmed))
  return found.map(({ rule, severity, confidence, evidence }) => ({
    class: 'sql.injection',
    start,
    end: start + trimmed.length,
    confidence,
    severity,
    rule,
    evidence,
  }))
}
