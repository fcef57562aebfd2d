import type { Detection } from '../protocol/finding.ts'
import type { SessionState } from '../protocol/store.ts'

/** An actor's requests without a session of their own belong together while no more than this lies between them. */
export const sessionGapMs: number = 30 * 60_000

/** The session after an exchange. `gapMs`: a pause from which a new session begins; undefined for named sessions. */
export function settleSession(
  before: SessionState | undefined,
  exchange: { readonly now: number; readonly detections: readonly Detection[]; readonly violation: boolean },
  gapMs: number | undefined,
): SessionState {
  const going = before !== undefined && (gapMs === undefined || exchange.now - before.lastSeenAt <= gapMs)
  const state = going ? before : fresh(exchange.now)
  const { detections } = exchange
  return {
    startedAt: state.startedAt,
    lastSeenAt: exchange.now,
    interactions: state.interactions + 1,
    violations: state.violations + (exchange.violation ? 1 : 0),
    credentialsSeen:
      state.credentialsSeen || detections.some(({ dataClassification }) => dataClassification === 'CREDENTIALS'),
    sensitiveSeen:
      state.sensitiveSeen || detections.some(({ dataClassification }) => sensitive.has(dataClassification)),
  }
}

const sensitive: ReadonlySet<Detection['dataClassification']> = new Set(['PII', 'PHI', 'FINANCIAL', 'CREDENTIALS'])

function fresh(now: number): SessionState {
  return {
    startedAt: now,
    lastSeenAt: now,
    interactions: 0,
    violations: 0,
    credentialsSeen: false,
    sensitiveSeen: false,
  }
}
