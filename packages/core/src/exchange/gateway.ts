import type { Gateway, GatewaySetup } from '../protocol/exchange.ts'
import { Draft } from '../record/draft.ts'
import { admit } from './admit.ts'
import { type Answer, answer } from './answer.ts'
import { Exchange } from './exchange.ts'
import { Refused, refusalResponse } from './refusals.ts'
import { type Runtime, runtimeOf } from './runtime.ts'

/** The enforcement gateway: one function from a request to a response, with a record of each. */
export function createGateway(setup: GatewaySetup): Gateway {
  const runtime = runtimeOf(setup)
  const exchanges = new Exchanges(runtime, setup.limits.maxRecordedDetections)
  return {
    handle: (request) => exchanges.handle(request),
    get active() {
      return exchanges.active
    },
    close: (deadlineMs) => exchanges.close(deadlineMs),
    async check() {
      if (runtime.recorder.full) throw new Error('the queue of audit events is full')
      await runtime.store.check()
    },
  }
}

class Exchanges {
  active = 0
  private readonly runtime: Runtime
  private readonly maxRecordedDetections: number
  private readonly running: Set<Exchange> = new Set()
  private closing = false
  private onIdle: (() => void) | undefined

  constructor(runtime: Runtime, maxRecordedDetections: number) {
    this.runtime = runtime
    this.maxRecordedDetections = maxRecordedDetections
  }

  async handle(request: Request): Promise<Response> {
    const { host, recorder } = this.runtime
    const draft = new Draft(`ex_${host.randomId(20)}`, request.method, host.now(), host.clock)
    if (this.closing) return refusalResponse(new Refused('SLUICE_SHUTTING_DOWN'), draft.id)
    // Nothing is done that could not be recorded.
    if (recorder.full) return refusalResponse(new Refused('SLUICE_RECORD_FULL'), draft.id)
    this.active += 1
    const run: { exchange?: Exchange; over?: true } = {}
    const over = (): void => {
      if (run.over) return
      run.over = true
      this.end(draft, run.exchange)
    }
    try {
      const response = await this.run(request, draft, run, over)
      if (response instanceof Refused) return this.refused(response, request, draft, over)
      if (response.relaying) return response.response
      draft.fields.status = response.response.status
      over()
      return response.response
    } catch {
      // Whatever it was, nothing passes. The error's text may hold what must not be logged.
      this.runtime.log.error('an exchange failed', { exchange: draft.id })
      return this.refused(new Refused('SLUICE_INTERNAL'), request, draft, over)
    }
  }

  /** Refuses new exchanges, waits for those under way, ends what outlasts the deadline, writes the record. */
  async close(deadlineMs: number): Promise<void> {
    this.closing = true
    await this.idle(deadlineMs)
    for (const exchange of this.running) exchange.life.end('closing')
    // What was ended still settles and is recorded.
    await this.idle(1000)
    await this.runtime.recorder.close()
    await this.runtime.store.flush()
  }

  private async run(
    request: Request,
    draft: Draft,
    run: { exchange?: Exchange },
    over: () => void,
  ): Promise<Answer | Refused> {
    const admitted = await admit(request, this.runtime, draft)
    draft.stage('admit')
    if (admitted instanceof Refused) return admitted
    const exchange = new Exchange(request, admitted, this.runtime, draft)
    run.exchange = exchange
    this.running.add(exchange)
    return answer(exchange, over)
  }

  private refused(refusal: Refused, request: Request, draft: Draft, over: () => void): Response {
    const { code } = refusal
    const broken = code === 'SLUICE_INTERNAL' || code.startsWith('SLUICE_UPSTREAM')
    draft.outcome = request.signal.aborted ? 'client-aborted' : broken ? 'failed' : 'refused'
    draft.fields.code = code
    const response = refusalResponse(refusal, draft.id)
    if (draft.outcome !== 'client-aborted') draft.fields.status = response.status
    over()
    return response
  }

  private end(draft: Draft, exchange: Exchange | undefined): void {
    if (exchange !== undefined) {
      this.running.delete(exchange)
      exchange.life.release()
    }
    this.runtime.recorder.record(draft.event(this.runtime.source, this.maxRecordedDetections))
    this.active -= 1
    if (this.active === 0) this.onIdle?.()
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
