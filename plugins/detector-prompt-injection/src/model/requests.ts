import type { Reading, TokenSpan } from './reading.ts'
import { confidenceOf } from './thresholds.ts'

/** Log-odds from which a sentence is a request. */
const least = 0.8
/** Sentences of a text that are themselves full of requests: instructions, a chat, a list of questions. */
const ordinaryShare = 0.2
const fewestTokens = 4

export interface UnusualRequest {
  readonly span: TokenSpan
  readonly confidence: number
}

/**
 * A sentence that asks something of whoever reads, in a text that otherwise does not: the voice changes. Under the table of
 * requests, which is the one weighed last. Undefined where there is none, and where asking is what the text does.
 */
export function unusualRequest(reading: Reading): UnusualRequest | undefined {
  const { sentences, sentenceTokens } = reading.features
  let from = 0
  let counted = 0
  let asking = 0
  let best: TokenSpan | undefined
  let bestScore = least
  for (let at = 0; at < sentences; at++) {
    const to = sentenceTokens[at] ?? from
    if (to - from >= fewestTokens) {
      counted++
      const score = reading.score({ from, to })
      if (score > 0) asking++
      if (score > bestScore) {
        bestScore = score
        best = { from, to }
      }
    }
    from = to
  }
  if (best === undefined || (counted > 3 && asking - 1 > counted * ordinaryShare)) return undefined
  return { span: best, confidence: Math.min(0.9, confidenceOf(bestScore - 0.5)) }
}
