import type { Lifecycle, Severity } from './finding.ts'

/** From least to most restrictive; the most restrictive of all that match wins. */
export type Action = 'ALLOW' | 'LOG' | 'REDACT' | 'REDACT_AND_ALERT' | 'BLOCK' | 'QUARANTINE' | 'TERMINATE'

export type IdentityStrength = 'BASIC' | 'STANDARD' | 'VERIFIED' | 'STRONG'

/** All members that are present must match; a list matches if one of its entries does. Entries are globs. */
export interface PolicyMatch {
  readonly types?: readonly string[]
  /** Risk categories. */
  readonly categories?: readonly string[]
  readonly minSeverity?: Severity
  /** 0 to 1. */
  readonly minConfidence?: number
  readonly lifecycle?: readonly Lifecycle[]
  /** Operation names or path templates. */
  readonly endpoints?: readonly string[]
  readonly models?: readonly string[]
  readonly tools?: readonly string[]
  readonly actor?: {
    /** Matches an effective trust below this, 0 to 100. */
    readonly trustBelow?: number
    readonly identityAtMost?: IdentityStrength
  }
}

/** One rule. AppContexts name the policies that hold for them. */
export interface Policy {
  readonly id: string
  readonly description?: string
  readonly match: PolicyMatch
  readonly action: Action
  /** `shadow` records what would have happened and changes nothing. Default `enforce`. */
  readonly mode?: 'enforce' | 'shadow'
}
