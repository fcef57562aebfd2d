import type { Finish } from '@sluice/core'

const REASONS: ReadonlyMap<string, Finish['reason']> = new Map([
  ['stop', 'stop'],
  ['length', 'length'],
  ['tool_calls', 'tool-calls'],
  ['function_call', 'tool-calls'],
  ['content_filter', 'content-filter'],
  ['error', 'error'],
])

export function finishOf(raw: string): Finish {
  return { reason: REASONS.get(raw) ?? 'other', raw }
}
