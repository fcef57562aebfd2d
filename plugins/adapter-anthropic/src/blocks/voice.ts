import type { SegmentKind, SegmentTrust, TextDetails } from '@sluice/core'

/** Who speaks in a stretch of a body, and what for. */
export interface Voice {
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  readonly details?: TextDetails
}

const USER: Voice = { kind: 'user', trust: 'user' }
export const OPERATOR: Voice = { kind: 'instruction', trust: 'operator' }

const BY_ROLE: ReadonlyMap<string, Voice> = new Map([
  ['system', OPERATOR],
  ['user', USER],
  // What it begins with is a prefill: the model goes on from it as from its own words.
  ['assistant', { kind: 'assistant', trust: 'model' }],
])

/** A role that nobody knows speaks as a user does: with the trust of a client. */
export function voiceOf(role: string): Voice {
  return BY_ROLE.get(role) ?? USER
}
