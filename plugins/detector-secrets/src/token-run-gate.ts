import { type Gate, tokenChars } from '@sluice/detect'

/** Units of the shortest token that has no vendor's rule. */
export const shortestRun = 26

/** Reports where a run of token characters of at least that length begins. Looks at every 26th character of other text. */
export const tokenRunGate: Gate = {
  width: shortestRun,
  context: 1,
  scan(text, from, to, report) {
    for (let probe = from + shortestRun - 1; probe < text.length; probe += shortestRun) {
      if (!tokenChars.has(text.charCodeAt(probe))) continue
      let start = probe
      while (start > from && tokenChars.has(text.charCodeAt(start - 1))) start--
      if (start >= to) return
      const begins = start === 0 || !tokenChars.has(text.charCodeAt(start - 1))
      let end = probe + 1
      while (end < text.length && tokenChars.has(text.charCodeAt(end))) end++
      if (begins && end - start >= shortestRun) report(start)
      probe = end
    }
  },
}
