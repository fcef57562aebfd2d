import type { Case } from '../case.ts'
import { hasFinding } from '../counting.ts'
import { falseAlarms, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'
import { spellings } from './shell.ts'

const isFound = hasFinding({ prefixes: ['TOOL_'] })

export const paths: Task = {
  id: 'paths',
  title: 'Paths',
  how: 'Each case is the argument of a tool named `read_file`, once as `{"path": …}` and once bare. Found: any `TOOL_*`. Few cases.',
  detectors: ['tool-abuse'],
  corpora: ['paths'],
  cases: (corpora) =>
    Object.entries(spellings).flatMap(([group, write]) =>
      corpora.read('paths').map(
        ({ id, label, text }): Case => ({
          id: `${id} ${group}`,
          text: write(text, 'path'),
          label: label === 1,
          group,
          segment: segments.file,
        }),
      ),
    ),
  rows: (outcomes) => [
    recall('attacks: recall', outcomes, isFound),
    falseAlarms('CRS counter-examples: false alarms', outcomes, isFound),
  ],
}
