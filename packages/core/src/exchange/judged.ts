import { decide, undetected } from '../policy/decide.ts'
import type { PolicySubject } from '../policy/match.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection, Lifecycle } from '../protocol/finding.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { ToolDenial } from '../tools/calls.ts'
import { denialDetections, withDenials } from '../tools/denials.ts'
import type { Exchange } from './exchange.ts'

/** What rules and tool filters say of one direction. The denials become detections of the record, behind the others. */
export function judged(
  exchange: Exchange,
  lifecycle: Lifecycle,
  detections: readonly Detection[],
  denials: readonly ToolDenial[],
  segments: readonly TextSegment[],
  subject: PolicySubject = exchange.subject(),
): Decision {
  if (detections.length === 0 && denials.length === 0) return undetected
  const { draft, ready } = exchange
  const denied = denialDetections(denials, lifecycle, draft.found[lifecycle], ready.fingerprint)
  draft.detected(denied)
  const byId = new Map(segments.map((segment) => [segment.id, segment]))
  const decided = decide([...detections, ...denied], byId, ready.policies, subject)
  return withDenials(decided, denials, denied)
}
