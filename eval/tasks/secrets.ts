import { type Counting, confidenceOf, hasFinding } from '../counting.ts'
import { atLeast, atMost, falseAlarms, precision, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'

export const secretCounting: Counting = { prefixes: ['CREDENTIALS_'] }
const isFound = hasFinding(secretCounting)

export const secrets: Task = {
  id: 'secrets',
  title: 'Secrets',
  how: 'Each case is a prompt. Found: any `CREDENTIALS_*`, whatever its confidence.',
  detectors: ['secrets'],
  corpora: ['secrets'],
  domain: 'secrets',
  cases: (corpora) =>
    corpora.read('secrets').map(({ id, label, text, kind }) => ({
      id,
      text,
      label: label === 1,
      group: kind,
      segment: segments.prompt,
    })),
  rows: (outcomes) => [
    recall('recall', outcomes, isFound, atLeast(0.99)),
    falseAlarms('false cases called found', outcomes, isFound, atMost(0.03)),
    precision('precision', outcomes, isFound),
  ],
  score: confidenceOf(secretCounting),
}
