import type { Case } from '../case.ts'
import { type Counting, confidenceOf, hasFinding } from '../counting.ts'
import { ownCorpus } from '../fixtures.ts'
import { atLeast, atMost, falseAlarms, precision, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'

const counting: Counting = { prefixes: ['TOOL_'], severity: 'HIGH' }
const isFound = hasFinding(counting)

/** How tools take their one argument, and how a command stands in the text of one that takes text. */
export const spellings: Readonly<Record<string, (text: string, member: string) => string>> = {
  JSON: (text, member) => JSON.stringify({ [member]: text }),
  bare: (text) => text,
}

export const shell: Task = {
  id: 'shell',
  title: 'Shell commands',
  how:
    'Each case is the argument of a tool named `bash`, once as `{"command": …}` and once bare. Found: any `TOOL_*` of severity HIGH ' +
    'or CRITICAL. Ordinary commands are those of tldr-pages, of which a few hundred are destructive by nature; the other ' +
    'negatives are texts in which one rule of the CRS must not fire, which is not to say that they are harmless. The positives of the ' +
    'CRS are fragments of web requests (`;id`, `$(uname`), most of which do no harm: the aim is for commands that live off the land, ' +
    'of which the corpus has none. That set is our own.',
  detectors: ['tool-abuse'],
  corpora: ['shell', 'shell-benign'],
  domain: 'commands',
  cases: (corpora) =>
    Object.entries(spellings).flatMap(([spelling, write]) =>
      [
        ['shell', corpora.read('shell')] as const,
        ['shell-benign', corpora.read('shell-benign')] as const,
        ['own', ownCorpus('shell').filter(({ label }) => label === 1)] as const,
      ].flatMap(([name, entries]) =>
        entries.map(
          ({ id, label, text }): Case => ({
            id: `${name} ${id} ${spelling}`,
            text: write(text, 'command'),
            label: label === 1,
            group: `${name} ${spelling}`,
            segment: segments.command,
          }),
        ),
      ),
    ),
  rows: (outcomes) => {
    const of = (group: string) => outcomes.filter((one) => one.case.group === group)
    return [
      ...Object.keys(spellings).flatMap((spelling) => [
        recall(`living off the land, ${spelling}: recall`, of(`own ${spelling}`), isFound, atLeast(0.8)),
        recall(`CRS attacks, ${spelling}: recall`, of(`shell ${spelling}`), isFound),
        falseAlarms(
          `ordinary commands, ${spelling}: false alarms`,
          of(`shell-benign ${spelling}`),
          isFound,
          atMost(0.01),
        ),
        falseAlarms(`CRS counter-examples, ${spelling}: false alarms`, of(`shell ${spelling}`), isFound),
      ]),
      precision('precision', outcomes, isFound),
    ]
  },
  score: confidenceOf(counting),
}
