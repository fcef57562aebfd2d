import { stricter } from '../policy/severity.ts'
import type { Decision, RuleMatch } from '../protocol/decision.ts'
import type { Detection, Lifecycle } from '../protocol/finding.ts'
import { ownDetectionTypes, type ToolDenial } from './calls.ts'

/** Denials as detections, so that the record and the rules see them like what a detector found. */
export function denialDetections(
  denials: readonly ToolDenial[],
  lifecycle: Lifecycle,
  from: number,
  fingerprint: (text: string) => string,
): readonly Detection[] {
  return denials.map((denial, index) => ({
    id: `${lifecycle === 'INGRESS' ? 'i' : 'e'}${from + index}`,
    type: denial.type,
    ...ownDetectionTypes[denial.type],
    lifecycle,
    detector: denial.filter,
    confidence: 1,
    segment: '',
    kind: lifecycle === 'INGRESS' ? 'tool-result' : 'tool-name',
    trust: lifecycle === 'INGRESS' ? 'external' : 'model',
    direction: lifecycle === 'INGRESS' ? 'ingress' : 'egress',
    tool: denial.tool,
    place: { pointer: '' },
    start: 0,
    end: 0,
    fingerprint: fingerprint(denial.tool),
    data: { rule: denial.code },
  }))
}

/** A configured tool filter is policy: its denials block without a rule. */
export function withDenials(
  decision: Decision,
  denials: readonly ToolDenial[],
  detections: readonly Detection[],
): Decision {
  const matches: RuleMatch[] = []
  for (const [index, denial] of denials.entries()) {
    const detection = detections[index]
    if (!denial.acts || detection === undefined) continue
    matches.push({
      detection: detection.id,
      policy: `tool-filter:${denial.filter}`,
      action: 'BLOCK',
      mode: 'enforce',
    })
  }
  const [first] = matches
  if (first === undefined) return decision
  const action = stricter(decision.action, 'BLOCK')
  return {
    ...decision,
    action,
    shadow: stricter(decision.shadow, 'BLOCK'),
    policy: action === decision.action ? (decision.policy ?? first.policy) : first.policy,
    matches: [...decision.matches, ...matches],
    edits: [],
  }
}
