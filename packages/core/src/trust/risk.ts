import { severityRank } from '../policy/severity.ts'
import type { TrustSettings } from '../protocol/exchange.ts'
import type { Detection } from '../protocol/finding.ts'
import type { SessionState } from '../protocol/store.ts'

/** The risk of an exchange, 0 to 100: signal + violations + distrust + session, each bounded (SPEC 9). */
export function riskOf(
  exchange: {
    readonly detections: readonly Detection[]
    /** Of the actor, before this exchange. */
    readonly violations: number
    /** Effective trust before this exchange. */
    readonly trust: number
    readonly session: SessionState
    /** The exchange holds a tool call that reaches out. */
    readonly outbound: boolean
  },
  { risk }: TrustSettings,
): number {
  let signal = 0
  let worst = -1
  for (const detection of exchange.detections) {
    const rank = severityRank(detection.severity)
    if (rank <= worst) continue
    worst = rank
    signal = risk.signal[detection.severity]
  }
  const violations = Math.min(risk.perViolation * exchange.violations, risk.maxViolations)
  const distrust = (100 - exchange.trust) * risk.distrust
  const { session } = exchange
  const sessionRisk =
    (session.credentialsSeen ? risk.credentialsSeen : 0) +
    (session.sensitiveSeen && exchange.outbound ? risk.sensitiveThenOutbound : 0) +
    (session.interactions >= risk.highVolumeFrom ? risk.highVolume : 0)
  const total = signal + violations + distrust + Math.min(sessionRisk, risk.maxSession)
  return Math.min(100, Math.round(total * 10) / 10)
}
