import type { Finding } from '@sluice/core'
import { RE2JS } from 're2js'
import { limits } from './limits.ts'
import type { PatternEntry } from './options.ts'

export interface CompiledPattern {
  readonly entry: PatternEntry
  readonly name: string
  readonly pattern: RE2JS
  /** Instructions of its program: what a character may cost. */
  readonly size: number
}

/** Where a pattern, by its place in the list, matched. */
export type Match = readonly [pattern: number, start: number, end: number]

/**
 * Compiles for re2js, whose time is linear in the text whatever the pattern. Throws `RangeError` naming the entry that is no
 * pattern, matches the empty text, or makes too large a program.
 */
export function compilePatterns(entries: readonly PatternEntry[]): readonly CompiledPattern[] {
  return entries.map((entry, at) => {
    const where = `patterns[${at}]`
    const pattern = compile(entry, where)
    if (pattern.matcher('').find()) throw new RangeError(`${where}: the pattern matches the empty text`)
    const size = pattern.programSize()
    if (size > limits.program) {
      throw new RangeError(`${where}: the pattern is too large; make its repetitions smaller`)
    }
    return { entry, name: entry.name ?? `patterns-${at + 1}`, pattern, size }
  })
}

/** All matches of one pattern. */
export function matchesOf({ pattern }: CompiledPattern, at: number, text: string): readonly Match[] {
  // Without positions the engine is much faster, and most texts hold nothing.
  if (!pattern.test(text)) return []
  const matches: Match[] = []
  const matcher = pattern.matcher(text)
  while (matcher.find()) {
    const [start, end] = [matcher.start(), matcher.end()]
    if (end > start) matches.push([at, start, end])
  }
  return matches
}

export function findingOf({ entry, name }: CompiledPattern, [, start, end]: Match): Finding {
  const { type, severity, confidence = 1 } = entry
  return { type, severity, confidence, start, end, data: { rule: name } }
}

function compile(entry: PatternEntry, where: string): RE2JS {
  const flags = entry.flags ?? ''
  const bits =
    (flags.includes('i') ? RE2JS.CASE_INSENSITIVE : 0) |
    (flags.includes('m') ? RE2JS.MULTILINE : 0) |
    (flags.includes('s') ? RE2JS.DOTALL : 0)
  try {
    return RE2JS.compile(entry.pattern, bits)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : 'it does not compile'
    throw new RangeError(`${where}: ${reason}`, { cause })
  }
}
