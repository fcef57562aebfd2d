import type { Reading, TokenSpan } from './reading.ts'
import { confidenceOf } from './thresholds.ts'

/** Log-odds from which a sentence is a request. */
const least = 0.8
/** What the odds lose where all that the sentence speaks of is spoken of elsewhere in the text: it belongs there. */
const belonging = 4
/** Sentences of a text that are themselves full of requests: instructions, a chat, a list of questions. */
const ordinaryShare = 0.2
const fewestTokens = 4
/** Units of a word that says what a sentence is about. */
const contentUnits = 5

export interface UnusualRequest {
  readonly span: TokenSpan
  readonly confidence: number
}

/**
 * A sentence that asks something of whoever reads, in a text that otherwise does not, about something else: the voice
 * changes. Under the table of requests, which is the one weighed last. Undefined where there is none, and where asking is
 * what the text does.
 */
export function unusualRequest(reading: Reading): UnusualRequest | undefined {
  let counted = 0
  let asking = 0
  for (const span of sentencesOf(reading)) {
    counted++
    if (reading.score(span) > 0) asking++
  }
  if (asking === 0 || (counted > 3 && asking - 1 > counted * ordinaryShare)) return undefined
  let best: TokenSpan | undefined
  let bestScore = least
  for (const span of sentencesOf(reading)) {
    const score = reading.score(span)
    if (score <= bestScore) continue
    const belongs = score - belonging * sharedWith(reading, span)
    if (belongs <= bestScore) continue
    bestScore = belongs
    best = span
  }
  return best && { span: best, confidence: Math.min(0.9, confidenceOf(bestScore - 0.5)) }
}

function* sentencesOf({ features: { sentences, sentenceTokens } }: Reading): Generator<TokenSpan> {
  let from = 0
  for (let at = 0; at < sentences; at++) {
    const to = sentenceTokens[at] ?? from
    if (to - from >= fewestTokens) yield { from, to }
    from = to
  }
}

/** Which part of the longer words of a sentence stands elsewhere in the text too. 0 where it is all there is. */
function sharedWith({ features }: Reading, { from, to }: TokenSpan): number {
  const { tokens, tokenHashes, hashes, tokenEnds } = features
  // The last three hashes of a word are those of itself, and of itself with the words before it.
  const wordAt = (token: number): number => hashes[(tokenHashes[token] ?? 0) - 3] ?? 0
  let words = 0
  let shared = 0
  for (let token = from; token < to; token++) {
    if ((tokenEnds[token] ?? 0) - (tokenEnds[token - 1] ?? 0) <= contentUnits) continue
    words++
    const word = wordAt(token)
    for (let other = 0; other < tokens; other++) {
      if ((other < from || other >= to) && wordAt(other) === word) {
        shared++
        break
      }
    }
  }
  return words === 0 ? 0 : shared / words
}
