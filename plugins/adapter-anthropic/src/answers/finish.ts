import type { Finish } from '@sluice/core'

const REASONS: ReadonlyMap<string, Finish['reason']> = new Map([
  ['end_turn', 'stop'],
  ['stop_sequence', 'stop'],
  ['max_tokens', 'length'],
  ['model_context_window_exceeded', 'length'],
  ['tool_use', 'tool-calls'],
  ['refusal', 'content-filter'],
  ['pause_turn', 'other'],
  ['compaction', 'other'],
])

export const STOP_REASONS: ReadonlySet<string> = new Set(REASONS.keys())

export function finishOf(raw: string): Finish {
  return { reason: REASONS.get(raw) ?? 'other', raw }
}
