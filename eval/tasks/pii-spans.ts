import type { Outcome, Span } from '../case.ts'
import { atLeast, type Row, row } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'

interface Aimed {
  readonly type: string
  readonly aim: number
}

/** Their names, ours, and what recall and precision should be at least. */
const known: Readonly<Record<string, Aimed>> = {
  CREDIT_CARD: { type: 'FINANCIAL_CARD_NUMBER', aim: 0.97 },
  PHONE_NUMBER: { type: 'PII_PHONE', aim: 0.8 },
  EMAIL_ADDRESS: { type: 'PII_EMAIL', aim: 0.95 },
  IBAN_CODE: { type: 'FINANCIAL_IBAN', aim: 0.95 },
  US_SSN: { type: 'PII_SSN', aim: 0.95 },
  IP_ADDRESS: { type: 'PII_IP_ADDRESS', aim: 0.95 },
}

export const piiSpans: Task = {
  id: 'pii-spans',
  title: 'Personal and financial data in sentences',
  how:
    'Each case is a prompt. Span by span: a finding is right where the corpus has a span of that type, and the two share ' +
    'at least half of what both cover. What the corpus does not mark is wrong, also where a person would call it right.',
  detectors: ['pii'],
  corpora: ['pii-spans'],
  domain: 'pii',
  cases: (corpora) =>
    corpora.read('pii-spans').map(({ id, label, text, spans = [] }) => ({
      id,
      text,
      label: label === 1,
      group: 'sentence',
      segment: segments.prompt,
      spans: spans.flatMap(({ type, start, end }) => {
        const ours = known[type]?.type
        return ours === undefined ? [] : [{ type: ours, start: unitAt(text, start), end: unitAt(text, end) }]
      }),
    })),
  rows: (outcomes) =>
    Object.values(known).flatMap(({ type, aim }) => [
      spansFound(`${type}: recall`, outcomes, type, aim),
      findingsRight(`${type}: precision`, outcomes, type, aim),
    ]),
}

function spansFound(name: string, outcomes: readonly Outcome[], type: string, aim: number): Row {
  const each = outcomes.flatMap((outcome) =>
    ofType(outcome.case.spans ?? [], type).map((span) => ({ outcome, right: hits(span, ofType(outcome.found, type)) })),
  )
  return rowOf(name, each, aim)
}

function findingsRight(name: string, outcomes: readonly Outcome[], type: string, aim: number): Row {
  const each = outcomes.flatMap((outcome) =>
    ofType(outcome.found, type).map((span) => ({ outcome, right: hits(span, ofType(outcome.case.spans ?? [], type)) })),
  )
  return rowOf(name, each, aim)
}

function rowOf(
  name: string,
  each: readonly { readonly outcome: Outcome; readonly right: boolean }[],
  aim: number,
): Row {
  const failed = each.filter(({ right }) => !right).map(({ outcome }) => outcome)
  return row(name, each.length - failed.length, each.length, failed, atLeast(aim))
}

const ofType = (spans: readonly Span[], type: string): readonly Span[] => spans.filter((span) => span.type === type)

function hits(one: Span, others: readonly Span[]): boolean {
  return others.some((other) => {
    const shared = Math.min(one.end, other.end) - Math.max(one.start, other.start)
    const covered = Math.max(one.end, other.end) - Math.min(one.start, other.start)
    return shared >= covered / 2
  })
}

/** The UTF-16 offset of the n-th code point. */
function unitAt(text: string, codePoint: number): number {
  let unit = 0
  for (let count = 0; count < codePoint; count++) unit += (text.codePointAt(unit) ?? 0) > 0xffff ? 2 : 1
  return unit
}
