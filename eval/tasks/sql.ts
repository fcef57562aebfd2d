import type { Case } from '../case.ts'
import { hasFinding } from '../counting.ts'
import { atLeast, falseAlarms, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'
import { spellings } from './shell.ts'

const isFound = hasFinding({ prefixes: ['TOOL_SQL'] })

export const sql: Task = {
  id: 'sql',
  title: 'SQL',
  how:
    'Each case is the argument of a tool named `query_database`, once as `{"query": …}` and once bare. Found: any `TOOL_SQL*`. ' +
    'The cases are fragments that a web application would paste into its own SQL; many are no SQL by themselves.',
  detectors: ['tool-abuse'],
  corpora: ['sql'],
  domain: 'commands',
  cases: (corpora) =>
    Object.entries(spellings).flatMap(([group, write]) =>
      corpora.read('sql').map(
        ({ id, label, text }): Case => ({
          id: `${id} ${group}`,
          text: write(text, 'query'),
          label: label === 1,
          group,
          segment: segments.query,
        }),
      ),
    ),
  rows: (outcomes) =>
    Object.keys(spellings).flatMap((group) => {
      const those = outcomes.filter((one) => one.case.group === group)
      return [
        recall(`attacks, ${group}: recall`, those, isFound, atLeast(0.5)),
        falseAlarms(`CRS counter-examples, ${group}: false alarms`, those, isFound),
      ]
    }),
}
