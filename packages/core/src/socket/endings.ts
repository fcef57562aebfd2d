import type { Outcome } from '../protocol/audit.ts'

/** How a session ends: what each side is told, and what is recorded. */
export interface Ending {
  readonly outcome: Outcome
  /** `SLUICE_…`, where it was not the two sides' own doing. */
  readonly code?: string
  /** The close code for each side that is still there. */
  readonly client: number
  readonly upstream: number
  /** What the sides are told in words. */
  readonly reason: string
}

/** RFC 6455, 7.4.1. */
type CloseName = 'normal' | 'goingAway' | 'unsupported' | 'none' | 'lost' | 'policy' | 'tooBig' | 'failed'

export const closeCodes: Readonly<Record<CloseName, number>> = {
  normal: 1000,
  goingAway: 1001,
  unsupported: 1003,
  /** None was sent. */
  none: 1005,
  /** There was no goodbye. */
  lost: 1006,
  policy: 1008,
  tooBig: 1009,
  failed: 1011,
}

function ours(outcome: Outcome, code: string, client: CloseName, reason: string): Ending {
  return { outcome, code, client: closeCodes[client], upstream: closeCodes.normal, reason }
}

type EndingName =
  | 'quarantined'
  | 'shutdown'
  | 'idle'
  | 'binary'
  | 'tooBig'
  | 'flooded'
  | 'unreadable'
  | 'upstreamSlow'
  | 'upstreamLost'
  | 'clientLost'
  | 'failed'

/** Endings that neither side has asked for. */
export const endings: Readonly<Record<EndingName, Ending>> = {
  quarantined: ours('blocked', 'SLUICE_ACTOR_QUARANTINED', 'policy', 'policy'),
  shutdown: ours('upstream-truncated', 'SLUICE_SHUTTING_DOWN', 'goingAway', 'the gateway is shutting down'),
  idle: ours('upstream-truncated', 'SLUICE_UPSTREAM_TIMEOUT', 'goingAway', 'idle'),
  binary: ours('refused', 'SLUICE_CONTENT_TYPE_UNSUPPORTED', 'unsupported', 'only text messages'),
  tooBig: ours('refused', 'SLUICE_BODY_TOO_LARGE', 'tooBig', 'the message is too big'),
  flooded: ours('refused', 'SLUICE_BODY_TOO_LARGE', 'tooBig', 'more waits than can be inspected'),
  unreadable: ours('upstream-truncated', 'SLUICE_UPSTREAM_REFUSED', 'failed', 'the provider sent what cannot be given'),
  upstreamSlow: ours('upstream-truncated', 'SLUICE_UPSTREAM_TIMEOUT', 'failed', 'the provider is too slow'),
  upstreamLost: ours('upstream-truncated', 'SLUICE_UPSTREAM_UNREACHABLE', 'failed', 'the provider was lost'),
  clientLost: { outcome: 'client-aborted', client: closeCodes.normal, upstream: closeCodes.normal, reason: '' },
  failed: ours('failed', 'SLUICE_INTERNAL', 'failed', 'the gateway failed'),
}

/** One side has said that it is over, and the other is told so in the same words. */
export function closedBy(side: 'client' | 'upstream', code: number, reason: string): Ending {
  if (code === closeCodes.lost) return side === 'client' ? endings.clientLost : endings.upstreamLost
  const said = isSendable(code) ? code : closeCodes.normal
  return { outcome: 'forwarded', client: said, upstream: said, reason }
}

/** What may stand in a close frame, of what both runtimes can send. */
function isSendable(code: number): boolean {
  return (code >= 1000 && code <= 1011 && ![1004, 1005, 1006].includes(code)) || (code >= 3000 && code < 5000)
}
