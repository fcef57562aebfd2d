import type { Finding, Severity } from '@sluice/core'
import { contextOf } from './context.ts'
import { minors, phraseGate, phrases } from './phrases.ts'
import { profanityIn } from './profanity.ts'
import type { ContentType } from './types.ts'

interface Spoken {
  readonly type: ContentType
  readonly rule: string
  readonly weight: number
  readonly start: number
  readonly end: number
}

/** Weights from which on a sentence is reported, and is MEDIUM. */
const reported = 0.4
const medium = 0.7

/** One finding a category and sentence: from its first word of the category to its last. Offsets are those of the window. */
export function judge(window: string): readonly Finding<ContentType>[] {
  const findings: Finding<ContentType>[] = []
  for (const { 0: sentence, index } of window.matchAll(/[^.!?;]{1,2000}[.!?;]*/gu)) {
    for (const finding of judgeSentence(sentence)) {
      findings.push({ ...finding, start: index + finding.start, end: index + finding.end })
    }
  }
  return findings
}

function* judgeSentence(sentence: string): Generator<Finding<ContentType>> {
  const spoken = spokenIn(sentence)
  for (const type of new Set(spoken.map((one) => one.type))) {
    const own = spoken.filter((one) => one.type === type)
    const { left, name } = contextOf(sentence, type === 'CONTENT_PROFANITY')
    // Two independent signs say more than one: the part of doubt that each leaves.
    const weight = (1 - own.reduce((doubt, one) => doubt * (1 - one.weight), 1)) * left
    if (weight < reported) continue
    const severity: Severity =
      weight >= medium && type !== 'CONTENT_PROFANITY' && type !== 'CONTENT_SEXUAL' ? 'MEDIUM' : 'LOW'
    const first = own.reduce((a, b) => (b.weight > a.weight ? b : a))
    yield {
      ...{ type, severity, confidence: Math.round(Math.min(0.9, weight) * 100) / 100 },
      start: Math.min(...own.map(({ start }) => start)),
      end: Math.max(...own.map(({ end }) => end)),
      data: { rule: first.rule, evidence: 'keyword', ...(name !== undefined && { context: name }) },
    }
  }
}

function spokenIn(sentence: string): readonly Spoken[] {
  const spoken: Spoken[] = profanityIn(sentence).map((word) => ({ ...word, rule: 'word-list' }))
  for (const { name, type, weight, pattern } of phraseGate.test(sentence) ? phrases : []) {
    for (const { 0: match, index } of sentence.matchAll(pattern)) {
      spoken.push({ type, rule: name, weight, start: index, end: index + match.length })
    }
  }
  const sexual = spoken.find(({ type }) => type === 'CONTENT_SEXUAL')
  const minor = sexual && minors.exec(sentence)
  if (sexual && minor) {
    const start = Math.min(sexual.start, minor.index)
    const end = Math.max(sexual.end, minor.index + minor[0].length)
    spoken.push({ type: 'CONTENT_SEXUAL_MINORS', rule: 'sexual-beside-minor', weight: 0.8, start, end })
  }
  return spoken
}
