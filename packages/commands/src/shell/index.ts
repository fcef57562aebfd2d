import type { Deed } from '../deed.ts'
import type { ShellCommand } from './command.ts'
import { mayBeCommands } from './may-be-commands.ts'
import { isDeep } from './nesting.ts'
import { readCommands } from './read-commands.ts'
import { type Verdict, verdict } from './rule.ts'
import { commandRules } from './rules/index.ts'
import { textRules } from './text-rules.ts'
import { attack, speaksOfAttack } from './vocabulary.ts'

/** Longer texts are read in stretches of so many UTF-16 units, cut at a line's end where there is one. */
const stretch = 4096
const mostDeeds = 256

/**
 * What the shell commands in a text would do: POSIX shells and bash, PowerShell and cmd.exe. Quotes, escapes, variables set
 * before, braces, globs and wrappers (`sudo`, `env`, `xargs`) are undone; substitutions and texts given to shells are read eight
 * deep. In order of start; at most 256. Pure, in time linear in the text, never throws.
 */
export function judgeShell(text: string): readonly Deed[] {
  const deeds: Deed[] = []
  let from = 0
  while (from < text.length && deeds.length < mostDeeds) {
    const to = cutAfter(text, from)
    const piece = text.slice(from, to)
    if (mayBeCommands(piece)) judgePiece(piece, from, deeds)
    from = to
  }
  return strongest(deeds).slice(0, mostDeeds)
}

function cutAfter(text: string, from: number): number {
  if (text.length - from <= stretch) return text.length
  const line = text.lastIndexOf('\n', from + stretch - 1)
  return line > from ? line + 1 : from + stretch
}

function judgePiece(piece: string, at: number, deeds: Deed[]): void {
  for (const { pattern, ...found } of textRules) {
    for (const match of piece.matchAll(pattern)) {
      const start = at + match.index
      deeds.push({ ...found, start, end: start + match[0].length, evidence: 'pattern' })
      if (deeds.length > mostDeeds) return
    }
  }
  const { commands, complete } = readCommands(piece)
  if (!complete || isDeep(piece)) {
    const unread = verdict('shell.obfuscation', 'more-than-is-read', 'MEDIUM', 0.3)
    deeds.push({ ...unread, start: at, end: at + piece.length, evidence: 'pattern' })
  }
  const speaks = speaksOfAttack(piece)
  for (const command of commands) {
    for (const rule of commandRules) add(deeds, rule(command), command, at, 'parser')
    if (speaks) add(deeds, attack(command), command, at, 'keyword')
    if (deeds.length > mostDeeds) return
  }
}

function add(
  deeds: Deed[],
  found: Verdict | undefined,
  { start, end }: ShellCommand,
  at: number,
  evidence: Deed['evidence'],
): void {
  if (found !== undefined) deeds.push({ ...found, start: at + start, end: at + end, evidence })
}

const ranks = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const

/** Of several deeds of one class at one place the gravest, then the most certain. */
function strongest(deeds: readonly Deed[]): readonly Deed[] {
  const best = new Map<string, Deed>()
  for (const deed of deeds) {
    const key = `${deed.class}:${deed.start}`
    const known = best.get(key)
    const graver = known === undefined ? 1 : ranks.indexOf(deed.severity) - ranks.indexOf(known.severity)
    if (known === undefined || graver > 0 || (graver === 0 && deed.confidence > known.confidence)) best.set(key, deed)
  }
  return [...best.values()].sort((a, b) => a.start - b.start || a.end - b.end)
}
