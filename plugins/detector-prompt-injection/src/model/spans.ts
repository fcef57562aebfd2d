import type { Reading, TokenSpan } from './reading.ts'
import { scrapPenalty, spanPenalty } from './thresholds.ts'

/** Folded units of the stretches that are scored, beginning at each sentence. An attack fills one of them, more or less. */
const lengths = [0, 280, 900] as const
/** Shorter sentences say too little on their own. */
const fewestTokens = 4
const fewTokens = 9

/**
 * The stretch of a text that says most for the table weighed last: all of it, or of a longer text a sentence or a few.
 * Undefined where there is no token.
 */
export function likeliestSpan(reading: Reading): { readonly span: TokenSpan; readonly score: number } | undefined {
  const { tokens, sentences, sentenceTokens } = reading.features
  if (tokens === 0) return undefined
  const whole = { from: 0, to: tokens }
  let span = whole
  let score = reading.score(whole)
  if (sentences < 2) return { span, score }
  for (const length of lengths) {
    let last = 0
    for (let first = 0; first < sentences; first++) {
      const from = first === 0 ? 0 : (sentenceTokens[first - 1] ?? 0)
      last = Math.max(last, first)
      while (last + 1 < sentences && reading.unitsOf({ from, to: sentenceTokens[last + 1] ?? 0 }) <= length) last++
      const to = sentenceTokens[last] ?? tokens
      if (to - from < fewestTokens) continue
      const one = reading.score({ from, to }) - spanPenalty - (to - from < fewTokens ? scrapPenalty : 0)
      if (one > score) {
        score = one
        span = { from, to }
      }
    }
  }
  return { span, score }
}
