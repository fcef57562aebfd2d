import type { Severity } from '../protocol/finding.ts'
import type { Action, IdentityStrength } from '../protocol/policy.ts'

const severities: readonly Severity[] = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL']
const actions: readonly Action[] = ['ALLOW', 'LOG', 'REDACT', 'REDACT_AND_ALERT', 'BLOCK', 'QUARANTINE', 'TERMINATE']
const strengths: readonly IdentityStrength[] = ['BASIC', 'STANDARD', 'VERIFIED', 'STRONG']

export function severityRank(severity: Severity): number {
  return severities.indexOf(severity)
}

/** Higher is more restrictive. */
export function actionRank(action: Action): number {
  return actions.indexOf(action)
}

export function strengthRank(strength: IdentityStrength): number {
  return strengths.indexOf(strength)
}

export function isSeverity(value: unknown): value is Severity {
  return severities.includes(value as Severity)
}

export function stricter(a: Action, b: Action): Action {
  return actionRank(b) > actionRank(a) ? b : a
}

/** The exchange ends here: the provider is not called, or its answer is not given. */
export function blocks(action: Action): boolean {
  return actionRank(action) >= actionRank('BLOCK')
}

export function redacts(action: Action): boolean {
  return action === 'REDACT' || action === 'REDACT_AND_ALERT'
}

/** Anything beyond writing it down. */
export function acts(action: Action): boolean {
  return actionRank(action) >= actionRank('REDACT')
}
