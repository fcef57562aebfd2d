import { acts, stricter } from '../policy/severity.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Action } from '../protocol/policy.ts'
import type { ActorState, SessionState } from '../protocol/store.ts'
import type { Draft } from '../record/draft.ts'
import { riskOf } from '../trust/risk.ts'
import { sessionGapMs, settleSession } from '../trust/session.ts'
import { claimQuarantined, quarantine, settleTrust } from '../trust/trust.ts'
import type { Actor, SessionRef } from './identity.ts'
import { isPending } from './pending.ts'
import type { Runtime } from './runtime.ts'

/** What an exchange leaves behind for those that come after it. */
export interface Settlement {
  readonly app: string
  readonly actor: Actor
  readonly session: SessionRef
  /** Effective trust before. */
  readonly trust: number
  readonly decisions: readonly Decision[]
  /** A generation that was answered and inspected. */
  readonly answered: boolean
  /** What was laid on the actor while the exchange went on. It is not laid on again: it may have been lifted since. */
  readonly laidOn: Quarantine | undefined
}

export type Quarantine = 'QUARANTINE' | 'TERMINATE'

/** Trust, quarantine, session and risk. The store is told first: the next request must meet the consequences. */
export async function settle(settlement: Settlement, draft: Draft, runtime: Runtime): Promise<void> {
  const { app, actor } = settlement
  const { store, trust: settings } = runtime
  const now = runtime.host.now()
  // A store may keep the changes for a while: what they hold is all that they need.
  const { detections } = draft
  const { violation, worst } = doneBy(settlement.decisions, detections)

  let before: SessionState | undefined
  const gap = settlement.session.byActor ? sessionGapMs : undefined
  const updated = store.sessions.update(app, settlement.session.id, (state) => {
    before = state
    return settleSession(state, { now, detections, violation }, gap)
  })
  const session = isPending(updated) ? await updated : updated
  const underAttack = session.violations > 0
  const interaction = { now, violation, earns: settlement.answered && !violation, underAttack }

  let violations = 0
  const ids = actor.id === actor.key ? [actor.key] : [actor.id, actor.key]
  const after = []
  for (const id of ids) {
    const own = id === actor.id
    const seen = { ...interaction, identity: own ? actor.identity : 'STANDARD' } as const
    const change = store.actors.update(app, id, (known) => {
      if (own) violations = known?.violations ?? 0
      return settleTrust(known, seen, settings)
    })
    const state = isPending(change) ? await change : change
    after.push(state.trust)
  }
  const { laidOn } = settlement
  if (isQuarantine(worst.action) && worst.action !== laidOn && laidOn !== 'TERMINATE') {
    const state = await layOn(app, actor, worst.action, worst.policy, runtime)
    after[0] = state.trust
  }
  draft.fields.trust = { before: settlement.trust, after: Math.min(...after) }
  draft.fields.risk = riskOf(
    {
      detections,
      violations,
      trust: settlement.trust,
      session: before ?? session,
      outbound: draft.toolCalls.length > 0,
    },
    settings,
  )
}

/** What enforced rules ask of the actor already, while its exchange goes on. Nothing else is settled before its end. */
export async function layOnEarly(
  { app, actor, laidOn }: Pick<Settlement, 'app' | 'actor' | 'laidOn'>,
  decision: Decision,
  detections: readonly Detection[],
  runtime: Runtime,
): Promise<Quarantine | undefined> {
  const { worst } = doneBy([decision], detections)
  if (!isQuarantine(worst.action) || worst.action === laidOn || laidOn === 'TERMINATE') return laidOn
  await layOn(app, actor, worst.action, worst.policy, runtime)
  return worst.action
}

function isQuarantine(action: Action): action is Quarantine {
  return action === 'QUARANTINE' || action === 'TERMINATE'
}

async function layOn(
  app: string,
  actor: Actor,
  action: Quarantine,
  policy: string,
  { store, host, trust }: Runtime,
): Promise<ActorState> {
  const now = host.now()
  const state = await store.actors.update(app, actor.id, (known) =>
    quarantine(known, now, policy, action === 'TERMINATE'),
  )
  if (actor.from === 'body') {
    await store.actors.update(app, actor.key, (known) => claimQuarantined(known, actor.id, now, policy, trust))
  }
  return state
}

interface Done {
  readonly violation: boolean
  readonly worst: { readonly action: Action; readonly policy: string }
}

const nothingDone: Done = { violation: false, worst: { action: 'ALLOW', policy: '' } }

/** What enforced rules found that the actor is answerable for. */
function doneBy(decisions: readonly Decision[], detections: readonly Detection[]): Done {
  if (detections.length === 0) return nothingDone
  const byId = new Map(detections.map((detection) => [detection.id, detection]))
  const enforced = decisions.flatMap(({ matches }) => matches.filter(({ mode }) => mode === 'enforce'))
  // What stood in a third party's tool result is not the actor's doing.
  const own = enforced.filter((match) => byId.get(match.detection)?.trust !== 'external')
  const violation = own.some((match) => acts(match.widened ?? match.action))
  const worst = own.reduce<Done['worst']>(
    (most, { action, policy }) => (stricter(most.action, action) === most.action ? most : { action, policy }),
    nothingDone.worst,
  )
  return { violation, worst }
}
