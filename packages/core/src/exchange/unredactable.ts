import type { Decision } from '../protocol/decision.ts'

/** No legal body would be left: what was to be redacted is blocked. */
export function unredactable(decision: Decision): Decision {
  return {
    ...decision,
    action: 'BLOCK',
    edits: [],
    matches: decision.matches.map((match) =>
      match.mode === 'enforce' && match.action.startsWith('REDACT') ? { ...match, widened: 'BLOCK' as const } : match,
    ),
  }
}
