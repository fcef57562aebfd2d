import type { AuditEvent } from '../protocol/audit.ts'
import type { Gateway, GatewaySetup, Standing } from '../protocol/exchange.ts'
import type { SocketUpgrade } from '../protocol/socket.ts'
import type { KeyRecord } from '../protocol/store.ts'
import { Draft } from '../record/draft.ts'
import { admit } from './admit.ts'
import { answer } from './answer.ts'
import { Exchange } from './exchange.ts'
import { Refused, refusalResponse } from './refusals.ts'
import { type Runtime, runtimeOf } from './runtime.ts'
import { standingOf } from './standing.ts'
import { codeOf } from './upstream.ts'
import { Watch } from './watch.ts'

/** The enforcement gateway: one function from a request to a response, with a record of each. */
export function createGateway(setup: GatewaySetup): Gateway {
  const runtime = runtimeOf(setup)
  const exchanges = new Exchanges(runtime, setup.limits.maxRecordedDetections)
  return {
    handle: (request, upgrade) => exchanges.handle(request, upgrade),
    get active() {
      return exchanges.active
    },
    standing: (key) => exchanges.standing(key),
    supersede: (by) => exchanges.supersede(by),
    close: (deadlineMs) => exchanges.close(deadlineMs),
    async check() {
      if (runtime.recorder.full) throw new Error('the queue of audit events is full')
      await runtime.store.check()
    },
  }
}

/** How often it is asked whether what is under way may go on. Another process's revocation takes a store 250 ms to see. */
const askEveryMs = 250

interface Running {
  readonly draft: Draft
  /** Records it. */
  readonly over: () => void
  exchange?: Exchange
}

class Exchanges {
  active = 0
  private readonly runtime: Runtime
  private readonly maxRecordedDetections: number
  private readonly running: Set<Running> = new Set()
  private readonly watch: Watch
  private successor: Pick<Gateway, 'standing'> | undefined
  private closing = false
  private onIdle: (() => void) | undefined

  constructor(runtime: Runtime, maxRecordedDetections: number) {
    this.runtime = runtime
    this.maxRecordedDetections = maxRecordedDetections
    this.watch = new Watch(
      askEveryMs,
      () => this.active > 0,
      () => this.ask(),
    )
  }

  standing(key: KeyRecord): Promise<Standing> {
    return this.successor?.standing(key) ?? standingOf(key, this.runtime)
  }

  supersede(by: Pick<Gateway, 'standing'>): void {
    this.successor = by
  }

  async handle(request: Request, upgrade?: SocketUpgrade): Promise<Response> {
    const { host, recorder, tallies } = this.runtime
    const draft = new Draft(`ex_${host.randomId(20)}`, request.method, host.now(), host.clock)
    if (this.closing) return refusalResponse(new Refused('SLUICE_SHUTTING_DOWN'), draft.id)
    // Nothing is done that could not be recorded.
    if (recorder.full) {
      tallies.count({ outcome: 'refused', code: 'SLUICE_RECORD_FULL', status: 503 })
      return refusalResponse(new Refused('SLUICE_RECORD_FULL'), draft.id)
    }
    this.active += 1
    const run: Running = { draft, over: () => this.end(run) }
    this.running.add(run)
    this.watch.wake()
    try {
      const admitted = await admit(request, this.runtime, draft)
      draft.stage('admit')
      if (admitted instanceof Refused) return this.refused(admitted, request, run)
      run.exchange = new Exchange(request, admitted, this.runtime, draft)
      const response = await answer(run.exchange, run.over, upgrade)
      if (response instanceof Refused) return this.refused(response, request, run)
      if (response.relaying) return response.response
      if (!request.signal.aborted) draft.fields.status = response.response.status
      else {
        delete draft.fields.status
        if (draft.outcome === 'forwarded') draft.outcome = 'client-aborted'
      }
      run.over()
      return response.response
    } catch {
      // Whatever it was, nothing passes. The error's text may hold what must not be logged.
      this.runtime.log.error('an exchange failed', { exchange: draft.id })
      await run.exchange?.settle(false)
      return this.refused(new Refused('SLUICE_INTERNAL'), request, run)
    }
  }

  /** Refuses new exchanges, waits for those under way, ends what outlasts the deadline, writes the record. */
  async close(deadlineMs: number): Promise<void> {
    this.closing = true
    await this.idle(deadlineMs)
    for (const { exchange } of this.running) exchange?.life.end('closing')
    // What was ended still settles and is recorded.
    await this.idle(1000)
    // What hangs all the same, in a store or a plugin, is recorded as far as it came.
    for (const run of this.running) {
      run.draft.fields.code = 'SLUICE_SHUTTING_DOWN'
      run.over()
    }
    this.watch.rest()
    this.runtime.tallies.close()
    await this.runtime.recorder.close()
    await this.runtime.store.flush()
  }

  /** Ends what is under way with a key, or in an AppContext, that is good no longer. */
  private async ask(): Promise<void> {
    const known = new Map<string, Standing>()
    for (const { exchange } of this.running) {
      if (exchange === undefined) continue
      exchange.onWatch?.()
      const { key, life } = exchange
      let standing = known.get(key.hash)
      // A store that does not answer says nothing against a key that was good when it was asked.
      standing ??= await this.standing(key).catch(() => 'good' as const)
      known.set(key.hash, standing)
      if (standing !== 'good') life.end(standing === 'SLUICE_KEY_INVALID' ? 'revoked' : 'suspended')
    }
  }

  private refused(reason: Refused, request: Request, run: Running): Response {
    const { draft, exchange } = run
    const refusal = exchange === undefined ? reason : (ended(exchange) ?? reason)
    const { code } = refusal
    // What was admitted and is ended by our shutdown failed; it was not refused.
    const broken = ['SLUICE_INTERNAL', 'SLUICE_SHUTTING_DOWN'].includes(code) || code.startsWith('SLUICE_UPSTREAM')
    draft.outcome = request.signal.aborted ? 'client-aborted' : broken ? 'failed' : 'refused'
    draft.fields.code = code
    const response = refusalResponse(refusal, draft.id)
    if (draft.outcome !== 'client-aborted') draft.fields.status = response.status
    else delete draft.fields.status
    // What the provider may still be sending is for nobody.
    exchange?.life.end('closing')
    run.over()
    return response
  }

  /** Once for each exchange, however it ends. */
  private end(run: Running): void {
    if (!this.running.delete(run)) return
    run.exchange?.release()
    this.active -= 1
    const { recorder, tallies } = this.runtime
    const isKnown = run.draft.subject !== undefined
    if (isKnown || tallies.isSingle(run.draft)) recorder.record(this.event(run.draft))
    if (this.active === 0) this.onIdle?.()
  }

  private event(draft: Draft): AuditEvent {
    const { source, host, log } = this.runtime
    try {
      return draft.event(source, this.maxRecordedDetections)
    } catch {
      // An adapter gave a view that is none. That there was an exchange is on record all the same.
      log.error('the record of an exchange is incomplete', { exchange: draft.id })
      const bare = new Draft(draft.id, '', draft.startedAt, host.clock)
      bare.fields.code = 'SLUICE_INTERNAL'
      return bare.event(source, this.maxRecordedDetections)
    }
  }

  private async idle(deadlineMs: number): Promise<void> {
    if (this.active === 0) return
    let timer: ReturnType<typeof setTimeout> | undefined
    await new Promise<void>((resolve) => {
      this.onIdle = resolve
      timer = setTimeout(resolve, deadlineMs)
    })
    clearTimeout(timer)
  }
}

/** Whatever was cut short by it: the key was good no longer, and that is what the client is told. */
function ended({ life }: Exchange): Refused | undefined {
  const code = life.givenUp === 'revoked' || life.givenUp === 'suspended' ? codeOf(life.givenUp) : undefined
  return code === undefined ? undefined : new Refused(code)
}
