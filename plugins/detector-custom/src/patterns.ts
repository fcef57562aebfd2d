import type { CallContext, Finding } from '@sluice/core'
import { RE2JS } from 're2js'
import { limits, type PatternEntry } from './options.ts'

export interface CompiledPattern {
  readonly entry: PatternEntry
  readonly name: string
  readonly pattern: RE2JS
}

/**
 * Compiles for re2js, whose time is linear in the text whatever the pattern. Throws `RangeError` naming the entry that is no
 * pattern, matches the empty text, or makes too large a program.
 */
export function compilePatterns(entries: readonly PatternEntry[]): readonly CompiledPattern[] {
  return entries.map((entry, at) => {
    const where = `patterns[${at}]`
    const pattern = compile(entry, where)
    if (pattern.matcher('').find()) throw new RangeError(`${where}: the pattern matches the empty text`)
    if (pattern.programSize() > limits.program) {
      throw new RangeError(`${where}: the pattern is too large; make its repetitions smaller`)
    }
    return { entry, name: entry.name ?? `patterns-${at + 1}`, pattern }
  })
}

/** All matches of all patterns. Lets other requests run in between, and stops when the call is no longer wanted. */
export async function findPatterns(
  compiled: readonly CompiledPattern[],
  text: string,
  ctx: CallContext,
): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  let rested = performance.now()
  const rest = async (): Promise<void> => {
    await new Promise((resume) => setTimeout(resume, 0))
    ctx.signal.throwIfAborted()
    rested = performance.now()
  }
  for (const { entry, name, pattern } of compiled) {
    if (performance.now() - rested > longestTurn) await rest()
    // Without positions the engine is much faster, and most texts hold nothing.
    if (!pattern.test(text)) continue
    const matcher = pattern.matcher(text)
    while (matcher.find()) {
      const [start, end] = [matcher.start(), matcher.end()]
      if (end > start) {
        const { type, severity, confidence = 1 } = entry
        findings.push({ type, severity, confidence, start, end, data: { rule: name } })
      }
      if (performance.now() - rested > longestTurn) await rest()
    }
  }
  return findings
}

/** Milliseconds after which other work gets its turn. */
const longestTurn = 8

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
