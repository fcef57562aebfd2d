import { tokenChars } from './char-set.ts'
import type { Gate } from './gate.ts'

/** The shortest credential that is looked for through this gate: an AWS access key id. */
export const minimumToken = 20

/**
 * Finds literals that begin a long run of token characters (`ghp_`), or lead into one (`SG.`, when their last character
 * is no token character). Prose has no such runs, and whether there is one can be told by looking at every twentieth
 * character, so any number of vendors' prefixes cost next to nothing there (measured: 1 to 2 GB/s, where an alternation of
 * the prefixes does 0.13).
 */
export function tokenGate(literals: readonly string[]): Gate {
  const leadIns = shortest(literals.filter((literal) => !tokenChars.has(literal.charCodeAt(literal.length - 1))))
    // One may end with another (`.atlasv1.`, `v1.`): positions are reported in order.
    .toSorted((a, b) => b.length - a.length)
  const prefixes = shortest(literals.filter((literal) => tokenChars.has(literal.charCodeAt(literal.length - 1))))
  const find = new RegExp(prefixes.length === 0 ? '(?!)' : prefixes.map(RegExp.escape).join('|'), 'g')
  const sticky = new RegExp([...leadIns, ...prefixes].map(RegExp.escape).join('|'), 'y')
  const leadInUnits = new Set(leadIns.flatMap((literal) => [...literal].map((unit) => unit.charCodeAt(0))))
  const longestLeadIn = leadIns[0]?.length ?? 0
  const width = minimumToken + Math.max(0, ...literals.map((literal) => literal.length))
  return {
    width,
    context: 0,
    scan(text, from, to, report) {
      for (let probe = from + minimumToken - 1; probe < text.length; probe += minimumToken) {
        if (!tokenChars.has(text.charCodeAt(probe))) continue
        let start = probe
        while (start > from && tokenChars.has(text.charCodeAt(start - 1))) start--
        let end = probe + 1
        while (end < text.length && tokenChars.has(text.charCodeAt(end))) end++
        if (end - start >= minimumToken) {
          reportLeadIn(text, start, from, to, report)
          if (start < to) reportPrefixes(text, start, Math.min(end, to + width), to, report)
        }
        // A run that begins past `to` may have its lead-in before it, with shorter runs in between.
        if (start - longestLeadIn >= to) return
        probe = end
      }
    },
    open(text, from) {
      let at = text.length
      while (at > from && mayRunOn(text.charCodeAt(at - 1))) at--
      return at
    },
    key(text, at) {
      sticky.lastIndex = at
      return sticky.exec(text)?.[0] ?? ''
    },
  }

  function mayRunOn(unit: number): boolean {
    return tokenChars.has(unit) || leadInUnits.has(unit)
  }

  function reportLeadIn(text: string, start: number, from: number, to: number, report: (at: number) => void): void {
    for (const literal of leadIns) {
      const at = start - literal.length
      if (at >= from && at < to && text.startsWith(literal, at)) report(at)
    }
  }

  function reportPrefixes(text: string, start: number, end: number, to: number, report: (at: number) => void): void {
    const run = text.slice(start, end)
    find.lastIndex = 0
    for (let match = find.exec(run); match !== null; match = find.exec(run)) {
      const at = start + match.index
      if (at >= to || end - at < minimumToken) return
      report(at)
      find.lastIndex = match.index + 1
    }
  }
}

/** Without those that begin with another: where the shorter stands, all are tried. */
function shortest(literals: readonly string[]): readonly string[] {
  const distinct = [...new Set(literals)]
  return distinct.filter((literal) => !distinct.some((other) => other !== literal && literal.startsWith(other)))
}
