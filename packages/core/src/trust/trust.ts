import type { TrustSettings } from '../protocol/exchange.ts'
import type { IdentityStrength } from '../protocol/policy.ts'
import type { ActorState } from '../protocol/store.ts'

const dayMs = 86_400_000

/** What one exchange means for an actor's trust. */
export interface Interaction {
  readonly now: number
  /** An enforced rule of REDACT or stricter matched something the actor is answerable for. */
  readonly violation: boolean
  /** A whole, inspected, answered generation: only such earn trust. */
  readonly earns: boolean
  /** Violations earlier in the session: while an attack is under way nothing is earned. */
  readonly underAttack: boolean
  readonly identity: IdentityStrength
}

export const newActor: ActorState = {
  trust: 0,
  debt: 0,
  interactions: 0,
  violations: 0,
  earned: 0,
  earnedDay: '',
  lastSeenAt: 0,
}

/** The actor's state after an interaction. Pure. */
export function settleTrust(
  before: ActorState | undefined,
  interaction: Interaction,
  settings: TrustSettings,
): ActorState {
  const ceiling = settings.ceilings[interaction.identity]
  const state = restored(before ?? newActor, interaction.now, settings.restorationPerDay, ceiling)
  const seen = { ...state, interactions: state.interactions + 1, lastSeenAt: interaction.now }
  if (interaction.violation) {
    // At zero a violation still costs something: what trust cannot pay is owed.
    const paid = Math.min(seen.trust, settings.violation)
    return rounded({
      ...seen,
      trust: seen.trust - paid,
      debt: seen.debt + settings.violation - paid,
      violations: seen.violations + 1,
    })
  }
  if (!interaction.earns || interaction.underAttack) return seen
  const day = new Date(interaction.now).toISOString().slice(0, 10)
  const earnedToday = seen.earnedDay === day ? seen.earned : 0
  const rate = seen.interactions <= settings.warmupInteractions ? 0.5 : 1
  const gain = Math.max(0, Math.min(settings.cleanInteraction * rate, settings.dailyEarnings - earnedToday))
  return rounded({ ...repaid(seen, gain, ceiling), earned: earnedToday + gain, earnedDay: day })
}

/** TERMINATE takes all trust; QUARANTINE leaves it. */
export function quarantine(
  before: ActorState | undefined,
  now: number,
  policy: string,
  terminate: boolean,
): ActorState {
  const state = before ?? newActor
  return {
    ...state,
    ...(terminate ? { trust: 0 } : {}),
    quarantinedAt: state.quarantinedAt ?? now,
    quarantinedBy: state.quarantinedBy ?? policy,
    lastSeenAt: now,
  }
}

/** An administrator lifts a quarantine. Trust stays what it was; claims that were counted are forgotten. */
export function release(before: ActorState): ActorState {
  const { quarantinedAt: _, quarantinedBy: __, quarantinedClaims: ___, ...free } = before
  return free
}

/** A claim under a key was quarantined. Several such bind the key: its holder is trying identities. */
export function claimQuarantined(
  before: ActorState | undefined,
  claim: string,
  now: number,
  policy: string,
  settings: TrustSettings,
): ActorState {
  const state = before ?? newActor
  const claims = new Set([...(state.quarantinedClaims ?? []), claim])
  const noted = { ...state, quarantinedClaims: [...claims].slice(0, settings.claimsThatBindKey) }
  return claims.size >= settings.claimsThatBindKey ? quarantine(noted, now, policy, false) : noted
}

function restored(state: ActorState, now: number, perDay: number, ceiling: number): ActorState {
  if (perDay === 0 || state.lastSeenAt === 0) return state
  const days = Math.floor(Math.max(0, now - state.lastSeenAt) / dayMs)
  return days === 0 ? state : rounded(repaid(state, days * perDay, ceiling))
}

/** What is gained pays the debt first; only the rest raises trust. */
function repaid(state: ActorState, gain: number, ceiling: number): ActorState {
  const paid = Math.min(state.debt, gain)
  return { ...state, debt: state.debt - paid, trust: raised(state.trust, gain - paid, ceiling) }
}

function raised(trust: number, by: number, ceiling: number): number {
  // A ceiling stops a rise; it takes nothing from an actor who stands above it.
  return trust >= ceiling ? trust : Math.min(ceiling, trust + by)
}

/** Sums of tenths stay tenths: 0.1 + 0.2 would drift over thousands of interactions. */
function rounded(state: ActorState): ActorState {
  return { ...state, trust: round(state.trust), debt: round(state.debt), earned: round(state.earned) }
}

function round(value: number): number {
  return Math.round(value * 10_000) / 10_000
}
