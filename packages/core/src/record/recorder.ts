import type { AuditEvent } from '../protocol/audit.ts'
import type { Logger } from '../protocol/plugin.ts'
import type { AuditTable } from '../protocol/store.ts'
import { Draft } from './draft.ts'

/** Events wait at most this long for company before they are written. */
const batchMs = 50
const maxBatch = 500
const retryMs = 500
/** So many failures in a row say that the store is at fault, and not an event. */
const maxFailures = 3
/** How often the last events are tried before they are given up. */
const lastTries = 4

/** So often an event is refused alone, while others are written in between, before it is taken for the one at fault. */
const maxRefusals = 3

/** How often an event was refused alone, and how many batches had been written when it was last. */
interface Suspect {
  readonly refusals: number
  readonly written: number
}

/** Writes audit events in batches behind a bounded queue. When it is full, new exchanges are refused, none is lost. */
export class Recorder {
  private readonly audit: AuditTable
  private readonly log: Logger
  private readonly maxQueued: number
  private queue: AuditEvent[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private writing: Promise<void> | undefined
  private batch = maxBatch
  private failing = false
  private written = 0
  private readonly suspects: Map<AuditEvent, Suspect> = new Map()
  private closed = false

  constructor(audit: AuditTable, log: Logger, maxQueued: number) {
    this.audit = audit
    this.log = log
    this.maxQueued = maxQueued
  }

  get full(): boolean {
    return this.queue.length >= this.maxQueued
  }

  /** The store does not take them, or not fast enough: what may wait elsewhere should. */
  get isBehind(): boolean {
    return this.failing || this.queue.length >= this.maxQueued / 2
  }

  record(event: AuditEvent): void {
    this.queue.push(event)
    // A store that fails is tried again when its time has come, not at every event.
    if (this.queue.length >= maxBatch && !this.failing) void this.write()
    else this.schedule(this.failing ? retryMs : batchMs)
  }

  /** Resolves when everything recorded so far is written, or writing failed. */
  async flush(): Promise<void> {
    await this.writing
    if (this.queue.length > 0) await this.write()
  }

  /** Writes what is left, trying again for a while, and leaves no timer behind. */
  async close(): Promise<void> {
    this.closed = true
    for (let tried = 0; tried < lastTries; tried++) {
      if (tried > 0) await new Promise((resolve) => setTimeout(resolve, retryMs))
      await this.flush()
      if (this.queue.length === 0) return
    }
    this.log.error('audit events were lost: the store did not take them before the gateway closed', {
      lost: this.queue.length,
    })
  }

  private schedule(ms: number): void {
    if (this.closed) return
    this.timer ??= setTimeout(() => {
      this.timer = undefined
      void this.write()
    }, ms)
  }

  private write(): Promise<void> {
    this.writing ??= this.writeBatches().finally(() => {
      this.writing = undefined
    })
    return this.writing
  }

  private async writeBatches(): Promise<void> {
    clearTimeout(this.timer)
    this.timer = undefined
    let failures = 0
    while (this.queue.length > 0) {
      const batch = this.queue.slice(0, this.batch)
      try {
        await this.audit.append(batch)
      } catch {
        const [event] = batch
        if (batch.length === 1 && event !== undefined && this.isAtFault(event)) {
          this.replace(event)
          failures = 0
          continue
        }
        // The events stay in the queue. Its bound, not this failure, decides when exchanges are refused.
        if (++failures < maxFailures) {
          this.setAside(batch)
          continue
        }
        this.failing = true
        this.log.error('audit events could not be written; they are kept and tried again', {
          queued: this.queue.length,
        })
        this.schedule(retryMs)
        return
      }
      this.queue.splice(0, batch.length)
      this.written += 1
      if (this.suspects.size > 0) for (const event of batch) this.suspects.delete(event)
      this.batch = Math.min(maxBatch, this.batch * 2)
      this.failing = false
      failures = 0
    }
  }

  /** The store takes others and not this one, time and again. */
  private isAtFault(event: AuditEvent): boolean {
    const { written } = this
    const known = this.suspects.get(event)
    // Nothing was written since: it may still be the store.
    if (known !== undefined && known.written === written) return false
    const refusals = (known?.refusals ?? 0) + 1
    this.suspects.set(event, { refusals, written })
    return refusals > maxRefusals
  }

  /** There was an exchange: that much is recorded of it. If the store does not take even that, it is lost, and said so. */
  private replace(event: AuditEvent): void {
    this.suspects.delete(event)
    const bare = unrecordable(event)
    if (event.data.code === bare.data.code && event.data.faults.length === 1) {
      this.queue.shift()
      this.log.error('an audit event was lost: the store takes others and not this one', { exchange: event.id })
      return
    }
    this.queue.splice(0, 1)
    this.queue.push(bare)
    this.log.error('an audit event was replaced: the store takes others and not this one', { exchange: event.id })
  }

  /** One bad event spoils its batch: events are tried one by one then, and the bad one after all others. */
  private setAside([first]: readonly AuditEvent[]): void {
    if (this.batch === 1 && first !== undefined) this.queue.push(...this.queue.splice(0, 1))
    this.batch = 1
  }
}

/** Stands in the record for an event that the store does not take. */
function unrecordable({ id, source, time }: AuditEvent): AuditEvent {
  const draft = new Draft(id, '', Date.parse(time), () => 0)
  draft.fields.code = 'SLUICE_STORE_FAILED'
  draft.faults.push({ plugin: 'store', hook: 'audit.append', code: 'EVENT_NOT_RECORDABLE' })
  return draft.event(source, 0)
}
