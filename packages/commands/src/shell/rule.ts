import type { Deed } from '../deed.ts'
import type { ShellCommand } from './command.ts'

/** What a rule says of a command: a deed but for its place. */
export type Verdict = Pick<Deed, 'class' | 'rule' | 'severity' | 'confidence'>

/** Says what a command would do of what the rule knows; nothing where it knows of nothing. */
export type CommandRule = (command: ShellCommand) => Verdict | undefined

export function verdict(name: Deed['class'], rule: string, severity: Deed['severity'], confidence: number): Verdict {
  return { class: name, rule, severity, confidence }
}
