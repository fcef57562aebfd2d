import type { SegmentKind, SegmentTrust } from '@sluice/core'
import type { TextDetails } from '../view/view-builder.ts'

/** Who speaks in a stretch of a body, and what for. */
export interface Voice {
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  readonly details?: TextDetails
}

const USER: Voice = { kind: 'user', trust: 'user' }
const BY_ROLE: ReadonlyMap<string, Voice> = new Map([
  ['system', { kind: 'instruction', trust: 'operator' }],
  ['developer', { kind: 'instruction', trust: 'operator' }],
  ['user', USER],
  ['assistant', { kind: 'assistant', trust: 'model' }],
  ['tool', { kind: 'tool-result', trust: 'external' }],
  ['function', { kind: 'tool-result', trust: 'external' }],
])

/** A role that nobody knows speaks as a user does: with the trust of a client. */
export function voiceOf(role: string): Voice {
  return BY_ROLE.get(role) ?? USER
}
