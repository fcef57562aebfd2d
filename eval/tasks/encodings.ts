import { hasFinding } from '../counting.ts'
import { encodings, furtherEncodings } from '../encodings.ts'
import { atLeast, falseAlarms, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'
import { secretCounting } from './secrets.ts'

const plain = 'as it stands'
const ways = { [plain]: (text: string) => text, ...encodings, ...furtherEncodings }
const isFound = hasFinding(secretCounting)

export const secretEncodings: Task = {
  id: 'encodings',
  title: 'Secrets, encoded',
  how: 'The whole text of each case of `secrets` is encoded, and is a prompt. Found: any `CREDENTIALS_*`.',
  detectors: ['secrets'],
  corpora: ['secrets'],
  domain: 'secrets',
  cases: (corpora) =>
    Object.entries(ways).flatMap(([group, encode]) =>
      corpora.read('secrets').map(({ id, label, text }) => ({
        id: `${id} ${group}`,
        text: encode(text),
        label: label === 1,
        group,
        segment: segments.prompt,
      })),
    ),
  rows: (outcomes) => [
    ...Object.keys(ways).map((group) => {
      const those = outcomes.filter((one) => one.case.group === group)
      return recall(group, those, isFound, group in encodings ? atLeast(0.97) : undefined)
    }),
    falseAlarms('false cases, in all encodings: called found', outcomes, isFound),
  ],
}
