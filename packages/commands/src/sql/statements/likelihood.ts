import type { Deed } from '../../deed.ts'
import type { Token } from '../lex.ts'
import type { Act } from './act.ts'
import { isWord } from './reading.ts'

export type Ending = 'closed' | 'likely' | 'open'

/** Whether the statement is over where its grammar says that it may be. */
export function ending(text: string, after: Token): Ending {
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
export function isConcatenated(text: string, after: Token, act: Act): boolean {
  if (act.class !== 'sql.unbound-write' || after.type !== 'end' || !/^["'`]/.test(after.text)) return false
  const rest = text.slice(after.start + 1, after.start + 200)
  return (
    /^\s*(?:\+|\.\s*[$"'\w]|\|\||%\s|&\s|\\\s*\n|\n\s*[fr]?["'`])/.test(rest) ||
    /^[^;\n]{0,40}\n?\s*["'`]\s*where\b/i.test(rest)
  )
}

/** How likely it is that the text has the statement run, and does not talk of it. */
export function likelihood(text: string, at: number, head: Token, after: Token): number {
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
export function quoteBefore(text: string, at: number): string {
  const quote = /(["'`])\s*$/.exec(text.slice(Math.max(0, at - 8), at))?.[1] ?? ''
  return quote
}

export function lastEnd(text: string, end: number, start: number): number {
  let at = Math.min(end, text.length)
  while (at > start + 1 && /\s/.test(text.charAt(at - 1))) at--
  return at
}

export function lower(severity: Deed['severity']): Deed['severity'] {
  return severity === 'CRITICAL' ? 'HIGH' : severity === 'HIGH' ? 'MEDIUM' : 'LOW'
}
