import type { AuditEvent, ExchangeRecord } from '../protocol/audit.ts'
import type { Host } from '../protocol/host.ts'
import { Draft } from './draft.ts'
import type { Recorder } from './recorder.ts'

const minuteMs = 60_000

/** Refusals of one kind that were not written one by one. */
interface Tally {
  readonly of: Pick<ExchangeRecord, 'outcome' | 'code' | 'status'>
  count: number
  readonly first: number
  last: number
}

/**
 * The lane of callers that nobody knows. Anybody can send a million bad keys: so many a minute are recorded one by one, and
 * the others are counted by what became of them, in one event each when the minute is over. What they can be told apart
 * by is our own words only, so there are few. While the store is behind, nothing of theirs takes room in the queue.
 */
export class Strangers {
  private readonly recorder: Recorder
  private readonly host: Host
  private readonly source: string
  private readonly maxSingle: number
  private readonly tallies: Map<string, Tally> = new Map()
  private began = Number.NEGATIVE_INFINITY
  private single = 0
  private timer: ReturnType<typeof setTimeout> | undefined
  private closed = false

  constructor(recorder: Recorder, host: Host, source: string, maxSingle: number) {
    this.recorder = recorder
    this.host = host
    this.source = source
    this.maxSingle = maxSingle
  }

  /** True: it is to be recorded by itself. False: it has been counted. */
  isSingle({ outcome, fields: { code, status } }: Draft): boolean {
    const at = this.host.clock()
    if (at - this.began >= minuteMs) {
      this.began = at
      this.single = 0
    }
    if (this.closed || (this.single < this.maxSingle && !this.recorder.isBehind)) {
      this.single += 1
      return true
    }
    const now = this.host.now()
    const key = `${outcome} ${code} ${status}`
    const known = this.tallies.get(key)
    if (known === undefined) {
      const of = { outcome, ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }) }
      this.tallies.set(key, { of, count: 1, first: now, last: now })
      this.schedule(this.began + minuteMs - at)
    } else {
      known.count += 1
      known.last = now
    }
    return false
  }

  /** Hands over what is counted, and counts nothing more. */
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.flush()
  }

  private schedule(ms: number): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      if (this.recorder.isBehind) this.schedule(minuteMs)
      else this.flush()
    }, ms)
  }

  private flush(): void {
    for (const tally of this.tallies.values()) this.recorder.record(this.eventOf(tally))
    this.tallies.clear()
  }

  private eventOf({ of, count, first, last }: Tally): AuditEvent {
    const draft = new Draft(`ex_${this.host.randomId(20)}`, '', first, this.host.clock)
    const { outcome, ...fields } = of
    draft.outcome = outcome
    Object.assign(draft.fields, fields)
    draft.fields.repeated = { count, first: new Date(first).toISOString(), last: new Date(last).toISOString() }
    return draft.event(this.source, 0)
  }
}
