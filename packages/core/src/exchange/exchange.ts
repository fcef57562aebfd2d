import type { InspectionSetup } from '../inspect/inspection.ts'
import type { PolicySubject } from '../policy/match.ts'
import type { RequestTarget } from '../protocol/adapter.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Lifecycle } from '../protocol/finding.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { Action } from '../protocol/policy.ts'
import type { Direction } from '../protocol/segment.ts'
import type { ActorState, KeptState, KeyRecord } from '../protocol/store.ts'
import type { BodyView } from '../protocol/view.ts'
import type { Draft } from '../record/draft.ts'
import type { Admitted } from './admit.ts'
import { settle } from './consequences.ts'
import { type Actor, actorOf, type SessionRef, sessionOf } from './identity.ts'
import { isPending } from './pending.ts'
import { Refused } from './refusals.ts'
import type { Route } from './routes.ts'
import type { Runtime } from './runtime.ts'
import type { ReadyApp } from './settings.ts'
import { CallLife } from './upstream.ts'

/** One admitted exchange: what its stages share. Made when the caller is known, over when it is recorded. */
export class Exchange {
  readonly request: Request
  readonly runtime: Runtime
  readonly draft: Draft
  readonly ready: ReadyApp
  readonly key: KeyRecord
  readonly route: Route
  readonly path: string
  readonly queryText: string
  readonly target: RequestTarget
  /** Names and values of the query and of the path's parameters. */
  readonly query: readonly (readonly [string, string])[]
  readonly life: CallLife
  context: CallContext
  /** What of the request the provider will keep, and how it was judged. */
  uploaded: KeptState['uploaded']
  private readonly decisions: Decision[] = []
  private actor: Actor
  private session: SessionRef | undefined
  private trust = 0
  private settled = false
  private models: readonly string[] = []

  constructor(request: Request, admitted: Admitted, runtime: Runtime, draft: Draft) {
    this.request = request
    this.runtime = runtime
    this.draft = draft
    this.ready = admitted.ready
    this.key = admitted.key
    this.route = admitted.match.route
    this.path = admitted.match.path
    this.queryText = admitted.query
    const query = admitted.query.length > 1 ? [...new URLSearchParams(admitted.query)] : noQuery
    const { params } = admitted.match
    this.target = { method: request.method, query, params: params.length === 0 ? noParams : new Map(params) }
    this.query = params.length === 0 ? query : [...query, ...params.map(([, value]) => ['path', value] as const)]
    this.life = new CallLife(request.signal, runtime.host.clock)
    this.actor = this.actorIn(undefined)
    this.context = {
      exchange: draft.id,
      app: this.ready.app.context.id,
      operation: this.route.operation.name,
      signal: this.life.signal,
    }
  }

  /** Takes from the request's body who acts and what is asked for. Refuses an actor in quarantine. */
  identify(view: BodyView): MaybePromise<Refused | undefined> {
    const { draft, runtime } = this
    this.models = view.models.map(({ value }) => value)
    draft.model = this.models[0]
    draft.stream = view.stream
    this.actor = this.actorIn(view)
    this.session = sessionOf(this.request.headers, view, this.actor, this.ready.identity)
    draft.fields.actor = { id: this.actor.id, from: this.actor.from, identity: this.actor.identity }
    draft.fields.session = this.session.id
    const app = this.ready.app.context.id
    const { actors } = runtime.store
    const keyState = actors.get(app, this.actor.key)
    const state = this.actor.id === this.actor.key ? keyState : actors.get(app, this.actor.id)
    if (!isPending(keyState) && !isPending(state)) return this.known(keyState, state)
    return Promise.all([keyState, state]).then(([ofKey, own]) => this.known(ofKey, own))
  }

  private known(keyState: ActorState | undefined, state: ActorState | undefined): Refused | undefined {
    const { draft } = this
    this.trust = Math.min(state?.trust ?? 0, keyState?.trust ?? 0)
    draft.fields.trust = { before: this.trust, after: this.trust }
    return state?.quarantinedAt === undefined ? undefined : new Refused('SLUICE_ACTOR_QUARANTINED')
  }

  /** What rules may ask about. */
  subject(): PolicySubject {
    return {
      operation: this.route.operation.name,
      path: this.route.operation.path,
      models: this.models,
      trust: this.trust,
      identity: this.actor.identity,
    }
  }

  inspection(direction: Direction): InspectionSetup {
    const { runtime, ready } = this
    return {
      app: ready.app,
      direction,
      limits: runtime.limits,
      clock: runtime.host.clock,
      fingerprint: ready.fingerprint,
      context: this.context,
    }
  }

  decided(lifecycle: Lifecycle, decision: Decision, effective: Action): void {
    this.decisions.push(decision)
    this.draft.decided(lifecycle, decision, effective)
    // The log is where an alert goes as long as there are no sinks.
    if (effective === 'REDACT_AND_ALERT') {
      this.runtime.log.warn('alert: a rule redacted', { exchange: this.draft.id, policy: decision.policy ?? '' })
    }
  }

  /** The client has been given all it gets. What is still to be read is read to its end, also if it leaves. */
  detach(): void {
    this.context = { ...this.context, signal: new AbortController().signal }
  }

  /** Trust, quarantine and session, once, before the next request of this actor can be answered. */
  async settle(answered: boolean): Promise<void> {
    // Nobody was identified: there is nobody for whom it could have consequences.
    if (this.session === undefined || this.settled) return
    this.settled = true
    try {
      await settle(
        {
          app: this.ready.app.context.id,
          actor: this.actor,
          session: this.session,
          trust: this.trust,
          decisions: this.decisions,
          answered: answered && this.route.operation.generates,
        },
        this.draft,
        this.runtime,
      )
    } catch {
      this.draft.faults.push({ plugin: 'store', hook: 'settle', code: 'SLUICE_STORE_FAILED' })
      this.runtime.log.error('the consequences of an exchange could not be stored', { exchange: this.draft.id })
    }
  }

  private actorIn(view: BodyView | undefined): Actor {
    const { app, identity } = this.ready
    return actorOf(app, this.key, this.request.headers, this.runtime.actorHeader, view, identity)
  }
}

const noQuery: RequestTarget['query'] = []
const noParams: RequestTarget['params'] = new Map()
