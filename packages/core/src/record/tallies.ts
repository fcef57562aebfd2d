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
 * Refusals that anybody can cause without end, in a lane of their own: of callers that nobody knows so many a minute are
 * recorded one by one, and the others, like what is refused while the record is full, are counted by what became of
 * them, in one event each when the minute is over. What they are told apart by is our own words only, so there are
 * few. While the store is behind, nothing of them takes room in the queue.
 */
export class Tallies {
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

  /** Of a caller that nobody knows. True: it is to be recorded by itself. False: it has been counted. */
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
    this.count({ outcome, ...(code === undefined ? {} : { code }), ...(status === undefined ? {} : { status }) })
    return false
  }

  count(of: Tally['of']): void {
    const now = this.host.now()
    const key = `${of.outcome} ${of.code} ${of.status}`
    const known = this.tallies.get(key)
    if (known === undefined) {
      this.tallies.set(key, { of, count: 1, first: now, last: now })
      this.schedule()
      return
    }
    known.count += 1
    known.last = now
  }

  /** Hands over what is counted, and counts nothing more. */
  close(): void {
    this.closed = true
    clearTimeout(this.timer)
    this.flush()
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      if (this.recorder.isBehind) this.schedule()
      else this.flush()
    }, minuteMs)
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
