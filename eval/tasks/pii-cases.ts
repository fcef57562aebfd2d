import type { Case, Outcome } from '../case.ts'
import { atLeast, atMost, falseAlarms, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'
import { recognizers } from './pii-kinds.ts'

const isFound = ({ found, case: { group } }: Outcome): boolean =>
  found.some(({ type }) => recognizers[group]?.test(type))

export const piiCases: Task = {
  id: 'pii-cases',
  title: 'Personal and financial data, recognizer by recognizer',
  how:
    'Each case is a prompt, most of them the bare value. Only recognizers that one of our types covers. Found: a finding of such a ' +
    'type. A bare value without a check digit, or without the words around it, is often nothing but digits: that is left alone.',
  detectors: ['pii'],
  corpora: ['pii-cases'],
  domain: 'pii',
  cases: (corpora, declared) =>
    corpora.read('pii-cases').flatMap(({ id, label, text, kind }): readonly Case[] => {
      if (!declared.some((type) => recognizers[kind]?.test(type))) return []
      return [{ id, text, label: label === 1, group: kind, segment: segments.prompt }]
    }),
  rows: (outcomes) => [
    recall('recall', outcomes, isFound, atLeast(0.92)),
    falseAlarms('counter-examples: false accepts', outcomes, isFound, atMost(0.03)),
    ...[...new Set(outcomes.map((one) => one.case.group))].flatMap((group) => {
      const those = outcomes.filter((one) => one.case.group === group)
      return [recall(`${group}: recall`, those, isFound), falseAlarms(`${group}: false accepts`, those, isFound)]
    }),
  ],
}
