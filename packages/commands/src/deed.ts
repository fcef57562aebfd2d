/** What a stretch of text would do if it were run, sent to a database, opened or fetched. */
export type DeedClass =
  | 'shell.destructive'
  | 'shell.remote-execution'
  | 'shell.reverse-shell'
  | 'shell.exfiltration'
  | 'shell.download'
  | 'shell.persistence'
  | 'shell.privilege-escalation'
  | 'shell.obfuscation'
  | 'sql.destructive'
  | 'sql.unbound-write'
  | 'sql.privileges'
  | 'sql.injection'
  | 'path.sensitive'
  | 'path.traversal'
  | 'network.metadata'
  | 'network.private'
  | 'network.file-url'
  | 'network.rebinding'

/** One thing that a text would do. `start` and `end` are UTF-16 offsets in the text judged: `0 <= start < end <= length`. */
export interface Deed {
  readonly class: DeedClass
  readonly start: number
  readonly end: number
  /** 0 to 1. */
  readonly confidence: number
  readonly severity: 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
  /** The rule that says so, in lower case with dashes. Never holds text that was judged. */
  readonly rule: string
  /** How it was known: the text was read as its language, a form was matched, or a word. */
  readonly evidence: 'parser' | 'pattern' | 'keyword'
}
