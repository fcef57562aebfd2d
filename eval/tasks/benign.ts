import type { Case, Outcome } from '../case.ts'
import { listed } from '../detectors.ts'
import { atMost, type Row } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'

const sources: Readonly<Record<string, string>> = { 'benign-code': 'code', 'benign-docs': 'documentation' }

export const benign: Task = {
  id: 'benign',
  title: 'Findings in benign code and documentation',
  how:
    'Each file is the result of a tool. Findings for each MB (10⁶ bytes of UTF-8), whatever their confidence and severity. Public ' +
    'repositories have addresses of people, published examples of keys and shell commands in them: a finding is not always wrong.',
  detectors: listed.map(({ name }) => name),
  corpora: Object.keys(sources),
  cases: (corpora) =>
    Object.entries(sources).flatMap(([name, group]) =>
      corpora.read(name).map(({ id, text }): Case => ({ id, text, label: false, group, segment: segments.toolResult })),
    ),
  rows: (outcomes) => {
    const detectors = [...new Set(outcomes.flatMap(({ found }) => found.map(({ by }) => by)))]
    // The aim is there also where nothing was found.
    const named = [...new Set(['secrets', ...detectors])]
    return Object.values(sources).flatMap((group) => {
      const those = outcomes.filter((one) => one.case.group === group)
      return named.map((by) => findings(by, group, those))
    })
  },
}

function findings(by: string, group: string, outcomes: readonly Outcome[]): Row {
  const isOurs = (found: { readonly by: string }): boolean => found.by === by
  return {
    name: `${by}, ${group}: findings per MB`,
    unit: 'per MB',
    count: outcomes.reduce((sum, { found }) => sum + found.filter(isOurs).length, 0),
    of: outcomes.reduce((sum, one) => sum + Buffer.byteLength(one.case.text), 0),
    failed: outcomes.filter(({ found }) => found.some(isOurs)),
    ...(by === 'secrets' && group === 'code' ? { aim: atMost(1) } : {}),
  }
}
