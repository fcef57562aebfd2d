import type { Segment } from '../packages/core/src/index.ts'

/** Where the texts of the corpora stand in an exchange: whose words they are decides what a detector makes of them. */
export const segments = {
  prompt: { id: 'q0', direction: 'ingress', kind: 'user', trust: 'user' },
  toolResult: { id: 'q0', direction: 'ingress', kind: 'tool-result', trust: 'external', tool: { name: 'read_file' } },
  command: { id: 's0', direction: 'egress', kind: 'tool-arguments', trust: 'model', tool: { name: 'bash' } },
  query: { id: 's0', direction: 'egress', kind: 'tool-arguments', trust: 'model', tool: { name: 'query_database' } },
  file: { id: 's0', direction: 'egress', kind: 'tool-arguments', trust: 'model', tool: { name: 'read_file' } },
  answer: { id: 's0', direction: 'egress', kind: 'assistant', trust: 'model' },
} as const satisfies Readonly<Record<string, Segment>>
