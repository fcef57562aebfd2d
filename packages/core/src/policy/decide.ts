import type { Decision, RuleMatch } from '../protocol/decision.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Edit } from '../protocol/place.ts'
import type { Action } from '../protocol/policy.ts'
import type { TextSegment } from '../protocol/segment.ts'
import type { CompiledPolicy, PolicySubject } from './match.ts'
import { redactionEdits } from './redact.ts'
import { blocks, redacts, stricter } from './severity.ts'

/**
 * What policy says of these detections. Pure: the same arguments give the same decision, so that a recorded exchange
 * can be replayed under another policy. A redaction without a legal result becomes BLOCK, and its match says so.
 */
export function decide(
  detections: readonly Detection[],
  segments: ReadonlyMap<string, TextSegment>,
  policies: readonly CompiledPolicy[],
  subject: PolicySubject,
): Decision {
  if (detections.length === 0) return undetected
  let action: Action = 'LOG'
  let shadow: Action = 'LOG'
  let policy: string | undefined
  const matches: RuleMatch[] = []
  const edits: Edit[] = []

  for (const detection of detections) {
    let cut: readonly Edit[] | undefined | null = null
    let redacted = false
    for (const compiled of policies) {
      if (!compiled.matches(detection, subject)) continue
      const rule = compiled.policy
      const mode = rule.mode ?? 'enforce'
      let done = rule.action
      if (redacts(rule.action)) {
        if (cut === null) cut = redactionEdits(detection, segments.get(detection.segment))
        if (cut === undefined) done = 'BLOCK'
        else if (mode === 'enforce' && !redacted) {
          for (const edit of cut) edits.push(edit)
          redacted = true
        }
      }
      const match = { detection: detection.id, policy: rule.id, action: rule.action, mode }
      matches.push(done === rule.action ? match : { ...match, widened: done })
      shadow = stricter(shadow, done)
      if (mode !== 'enforce') continue
      const stricterAction = stricter(action, done)
      if (stricterAction !== action || policy === undefined) policy = rule.id
      action = stricterAction
    }
  }
  return {
    action,
    ...(policy === undefined ? {} : { policy }),
    shadow,
    matches,
    edits: blocks(action) ? [] : edits,
  }
}

/** Nothing was found. */
export const undetected: Decision = { action: 'ALLOW', shadow: 'ALLOW', matches: [], edits: [] }
