import type { CallContext, Finding } from '@sluice/core'
import type { PatternEntry } from './options.ts'
import { PatternWorkers } from './pattern-workers.ts'
import { type CompiledPattern, compilePatterns, findingOf, type Match, matchesOf } from './patterns.ts'

/** UTF-16 units of text times instructions of a program: what one pattern may cost here, some 10 ms at worst. */
const maxCost = 500_000
/** Milliseconds after which other work gets its turn. */
const longestTurn = 8

export interface PatternInspection {
  /** All matches of all patterns. Never keeps other requests waiting, and stops when the call is no longer wanted. */
  find(text: string, ctx: Pick<CallContext, 'signal'>): Promise<readonly Finding[]>
  close(): Promise<void>
}

/** Short texts are looked through at once, one pattern after the other; long ones by a worker. Throws `RangeError`. */
export function inspectPatterns(entries: readonly PatternEntry[]): PatternInspection {
  const compiled = compilePatterns(entries)
  const workers = new PatternWorkers(entries)
  const largest = Math.max(0, ...compiled.map(({ size }) => size))
  return {
    async find(text, { signal }) {
      const isShort = text.length * largest <= maxCost
      const matches = isShort ? await matchesHere(compiled, text, signal) : await workers.matches(text, signal)
      return matches.flatMap((match) => {
        const pattern = compiled[match[0]]
        return pattern === undefined ? [] : [findingOf(pattern, match)]
      })
    },
    close: () => workers.close(),
  }
}

async function matchesHere(
  compiled: readonly CompiledPattern[],
  text: string,
  signal: AbortSignal,
): Promise<readonly Match[]> {
  const matches: Match[] = []
  let rested = performance.now()
  for (const [at, pattern] of compiled.entries()) {
    if (performance.now() - rested > longestTurn) {
      await new Promise((resume) => setTimeout(resume, 0))
      signal.throwIfAborted()
      rested = performance.now()
    }
    for (const match of matchesOf(pattern, at, text)) matches.push(match)
  }
  return matches
}
