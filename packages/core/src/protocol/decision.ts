import type { Edit } from './place.ts'
import type { Action } from './policy.ts'

/** One rule that matched one detection. */
export interface RuleMatch {
  readonly detection: string
  readonly policy: string
  readonly action: Action
  readonly mode: 'enforce' | 'shadow'
  /** Set where the rule's action could not be done and a stricter one was: a redaction with no legal result. */
  readonly widened?: Action
}

/** What policy says of a set of detections. A value of `decide`, a pure function: an exchange can be replayed. */
export interface Decision {
  /** The most restrictive action of the enforced rules; `LOG` where detections met no rule; `ALLOW` without any. */
  readonly action: Action
  /** The policy that carried `action`. */
  readonly policy?: string
  /** The most restrictive action when shadowed rules are counted too. */
  readonly shadow: Action
  readonly matches: readonly RuleMatch[]
  /** What redaction changes. Empty unless `action` is REDACT or REDACT_AND_ALERT. */
  readonly edits: readonly Edit[]
}
