import type { InspectionSetup } from '../inspect/inspection.ts'
import type { PolicySubject } from '../policy/match.ts'
import type { Operation, RequestTarget } from '../protocol/adapter.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection, Lifecycle } from '../protocol/finding.ts'
import type { Spool } from '../protocol/host.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { CallContext } from '../protocol/plugin.ts'
import type { Action } from '../protocol/policy.ts'
import type { Direction } from '../protocol/segment.ts'
import type { ActorState, KeptState, KeyRecord } from '../protocol/store.ts'
import type { BodyView } from '../protocol/view.ts'
import { Draft } from '../record/draft.ts'
import type { Handshake } from '../socket/handshake.ts'
import type { Admitted } from './admit.ts'
import { layOnEarly, type Quarantine, settle } from './consequences.ts'
import { type Actor, actorOf, type SessionRef, sessionOf } from './identity.ts'
import { readWithinMs } from './kept-ids.ts'
import { isPending } from './pending.ts'
import { Refused } from './refusals.ts'
import type { Route } from './routes.ts'
import type { Runtime } from './runtime.ts'
import { SaidSoFar } from './said.ts'
import type { Seat } from './seats.ts'
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
  /** Of a request for a WebSocket. */
  readonly handshake: Handshake | undefined
  readonly life: CallLife
  private readonly seat: Seat | undefined
  context: CallContext
  /** What of the request the provider will keep, and how it was judged. */
  uploaded: KeptState['uploaded']
  /** Kept only where a detector reads it. */
  readonly said: SaidSoFar | undefined
  /** Called again and again while the exchange is under way. */
  onWatch: (() => void) | undefined
  /** A rule has put the actor into quarantine. */
  quarantines = false
  /** For how many requests those inside it count, beyond their number. */
  weightInside = 0
  /** How long it may still wait for what streams under way make. */
  waitsMs: number = readWithinMs
  private inSession = false
  private readonly missing: Set<string> = new Set()
  private readonly decisions: Decision[] = []
  private readonly spools: Spool[] = []
  private readonly claims: Map<string, Claim> = new Map()
  private claim: Claim = nobody
  private actor: Actor
  private session: SessionRef | undefined
  private trust = 0
  private keyTrust = 0
  private settled = false
  private laidOn: Quarantine | undefined
  private models: readonly string[] = []

  constructor(request: Request, admitted: Admitted, runtime: Runtime, draft: Draft) {
    this.request = request
    this.runtime = runtime
    this.draft = draft
    this.ready = admitted.ready
    this.key = admitted.key
    this.seat = admitted.seat
    this.route = admitted.match.route
    this.path = admitted.match.path
    this.queryText = admitted.query
    this.handshake = admitted.handshake
    const looksBack = this.ready.app.detectors.some(({ instance }) => instance.mode === 'exchange')
    this.said = looksBack ? new SaidSoFar(runtime.limits.maxChars) : undefined
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

  /** A place on disk that is gone when the exchange is over. */
  async spool(): Promise<Spool | Refused> {
    try {
      const spool = await this.runtime.host.spool()
      this.spools.push(spool)
      return spool
    } catch {
      this.runtime.log.error('there is no room on disk for a file', { exchange: this.draft.id })
      return new Refused('SLUICE_SPOOL_FAILED')
    }
  }

  /** It is recorded: nothing fires any more, nothing of it lies on disk, and its place is another's. */
  release(): void {
    this.life.release()
    this.seat?.leave()
    for (const spool of this.spools) spool.remove()
  }

  /** Takes from the request's body who acts and what is asked for. Refuses an actor in quarantine. */
  identify(view: BodyView): MaybePromise<Refused | undefined> {
    const { draft } = this
    this.models = view.models.map(({ value }) => value)
    draft.model = this.models[0]
    draft.stream = view.stream
    this.actor = this.actorIn(view)
    this.session = sessionOf(this.request.headers, view, this.actor, this.ready.identity)
    draft.fields.actor = { id: this.actor.id, from: this.actor.from, identity: this.actor.identity }
    draft.fields.session = this.session.id
    return this.standing()
  }

  /** Reads anew what is known of the actor. Refuses one in quarantine. */
  standing(): MaybePromise<Refused | undefined> {
    const { runtime } = this
    const app = this.ready.app.context.id
    const { actors } = runtime.store
    const keyState = actors.get(app, this.actor.key)
    const state = this.actor.id === this.actor.key ? keyState : actors.get(app, this.actor.id)
    if (!isPending(keyState) && !isPending(state)) return this.known(keyState, state)
    return Promise.all([keyState, state]).then(([ofKey, own]) => this.known(ofKey, own))
  }

  /** Refuses a request inside this one whose claimed actor is in quarantine, as it would be refused alone. */
  async claimProblem(view: BodyView): Promise<Refused | undefined> {
    if (view.claimedActor === undefined) return undefined
    const { id, identity } = this.actorIn(view)
    let claim = this.claims.get(id)
    if (claim === undefined) {
      const state = await this.runtime.store.actors.get(this.ready.app.context.id, id)
      const trust = Math.min(state?.trust ?? 0, this.keyTrust)
      claim = { quarantined: state?.quarantinedAt !== undefined, trust, identity }
      // As many as a batch may honestly have; past that they are asked for again.
      if (this.claims.size < maxClaims) this.claims.set(id, claim)
    }
    this.claim = claim
    return claim.quarantined ? new Refused('SLUICE_ACTOR_QUARANTINED') : undefined
  }

  private known(keyState: ActorState | undefined, state: ActorState | undefined): Refused | undefined {
    const { draft } = this
    this.keyTrust = keyState?.trust ?? 0
    this.trust = Math.min(state?.trust ?? 0, this.keyTrust)
    draft.fields.trust ??= { before: this.trust, after: this.trust }
    return state?.quarantinedAt === undefined ? undefined : new Refused('SLUICE_ACTOR_QUARANTINED')
  }

  /** What rules may ask about: of the exchange, or of a request inside it, whose claim was asked about last. */
  subject({ name, path }: Operation = this.route.operation, view?: BodyView): PolicySubject {
    const { trust, identity } =
      view?.claimedActor === undefined ? { trust: this.trust, identity: this.actor.identity } : this.claim
    return {
      operation: name,
      path,
      models: view === undefined ? this.models : view.models.map(({ value }) => value),
      trust,
      identity,
    }
  }

  inspection(direction: Direction, context: CallContext = this.context): InspectionSetup {
    const { runtime, ready, draft } = this
    const from = draft.found[direction === 'ingress' ? 'INGRESS' : 'EGRESS']
    return {
      app: ready.app,
      direction,
      from,
      // The messages of a session have the bound each for itself: it may go on for hours.
      counted: this.inSession ? 0 : from,
      limits: runtime.limits,
      clock: runtime.host.clock,
      fingerprint: ready.fingerprint,
      context,
    }
  }

  /** The handshake is over, and its query judged: what is judged from now on are messages. */
  beginSession(): void {
    this.inSession = true
  }

  /** Content that is not read. A session may hold a thousand pieces of one sound: they count once. */
  missed(direction: Direction, content: string, reason: string): void {
    if (this.inSession) {
      const key = `${direction} ${content} ${reason}`
      if (this.missing.has(key)) return
      this.missing.add(key)
    }
    this.draft.missed(direction, content, reason)
  }

  get isSession(): boolean {
    return this.inSession
  }

  /** Something was decided whose consequences are not stored. */
  get isUnsettled(): boolean {
    return this.decisions.length > 0
  }

  /** A session goes on after what was settled: what comes next is settled by itself. */
  nextTurn(): void {
    this.settled = false
    this.waitsMs = readWithinMs
    this.decisions.length = 0
    this.draft.fold(this.runtime.maxRecordedDetections)
  }

  decided(lifecycle: Lifecycle, decision: Decision, effective: Action): void {
    this.decisions.push(decision)
    this.draft.decided(lifecycle, decision, effective)
    this.quarantines ||= effective === 'QUARANTINE' || effective === 'TERMINATE'
    // The log is where an alert goes as long as there are no sinks.
    if (effective === 'REDACT_AND_ALERT') {
      this.runtime.log.warn('alert: a rule redacted', { exchange: this.draft.id, policy: decision.policy ?? '' })
    }
  }

  /** The client has been given all it gets. What is still to be read is read to its end, also if it leaves. */
  detach(): void {
    this.context = { ...this.context, signal: new AbortController().signal }
  }

  /** The same exchange for a look at it while it goes on: what the look puts on record is nobody's. */
  provisional(): Exchange {
    const { id, startedAt } = this.draft
    const draft = new Draft(id, this.request.method, startedAt, this.runtime.host.clock)
    return Object.assign(Object.create(Exchange.prototype), this, { draft })
  }

  /** Lays on the actor now what it has earned so far: others of its requests must not wait for this one's end. */
  async layOn(decision: Decision, detections: readonly Detection[]): Promise<void> {
    if (this.session === undefined || this.settled) return
    const so = { app: this.ready.app.context.id, actor: this.actor, laidOn: this.laidOn }
    const { log } = this.runtime
    try {
      const laidOn = await layOnEarly(so, decision, detections, this.runtime)
      if (laidOn === this.laidOn) return
      this.laidOn = laidOn
      const { policy = '' } = decision
      log.warn('a stream that goes on has put its actor in quarantine', { exchange: this.draft.id, policy })
    } catch {
      // It is tried again, at the latest when the stream has ended.
      log.error('a quarantine could not be stored', { exchange: this.draft.id })
    }
  }

  /** Trust, quarantine and session, once, before the next request of this actor can be answered. */
  async settle(answered: boolean): Promise<void> {
    // Nobody was identified: there is nobody for whom it could have consequences.
    if (this.session === undefined || this.settled) return
    this.settled = true
    const before = this.draft.fields.trust?.before ?? this.trust
    try {
      await settle(
        {
          app: this.ready.app.context.id,
          actor: this.actor,
          session: this.session,
          trust: this.trust,
          decisions: this.decisions,
          answered: answered && this.route.operation.generates,
          laidOn: this.laidOn,
        },
        this.draft,
        this.runtime,
      )
      const after = this.draft.fields.trust?.after ?? this.trust
      this.draft.fields.trust = { before, after }
      this.trust = after
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

/** What is known of an actor that a request inside another claims to be. */
interface Claim extends Pick<PolicySubject, 'trust' | 'identity'> {
  readonly quarantined: boolean
}

const nobody: Claim = { quarantined: false, trust: 0, identity: 'BASIC' }
const maxClaims = 10_000
const noQuery: RequestTarget['query'] = []
const noParams: RequestTarget['params'] = new Map()
