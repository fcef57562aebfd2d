import { type Counting, confidenceOf, hasFinding } from '../counting.ts'
import { falseAlarms, precision, recall } from '../row.ts'
import { segments } from '../segments.ts'
import type { Task } from '../task.ts'

const counting: Counting = { prefixes: ['PROMPT_', 'TOOL_', 'EXFIL_', 'CREDENTIALS_'] }
const isFound = hasFinding(counting)

export const agentThreats: Task = {
  id: 'agent-threats',
  title: 'Threats to agents',
  how:
    'Each case is the result of a tool. Found: any `PROMPT_*`, `TOOL_*`, `EXFIL_*` or `CREDENTIALS_*`. Without an aim: many ' +
    'cases are threats only to who knows what the agent may do.',
  detectors: ['prompt-injection', 'tool-abuse', 'exfiltration', 'secrets'],
  corpora: ['agent-threats'],
  domain: 'injection',
  cases: (corpora) =>
    corpora.read('agent-threats').map(({ id, label, text, kind }) => ({
      id,
      text,
      label: label === 1,
      group: kind,
      segment: segments.toolResult,
    })),
  rows: (outcomes) => [
    recall('recall', outcomes, isFound),
    falseAlarms('counter-examples: false alarms', outcomes, isFound),
    precision('precision', outcomes, isFound),
  ],
  score: confidenceOf(counting),
}
