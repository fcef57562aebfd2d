import type { AuditEvent } from '../protocol/audit.ts'
import type { Logger } from '../protocol/plugin.ts'
import type { AuditTable } from '../protocol/store.ts'

/** Events wait at most this long for company before they are written. */
const batchMs = 50
const maxBatch = 500
const retryMs = 500

/** Writes audit events in batches behind a bounded queue. When it is full, new exchanges are refused, none is lost. */
export class Recorder {
  private readonly audit: AuditTable
  private readonly log: Logger
  private readonly maxQueued: number
  private queue: AuditEvent[] = []
  private timer: ReturnType<typeof setTimeout> | undefined
  private writing: Promise<void> | undefined

  constructor(audit: AuditTable, log: Logger, maxQueued: number) {
    this.audit = audit
    this.log = log
    this.maxQueued = maxQueued
  }

  get full(): boolean {
    return this.queue.length >= this.maxQueued
  }

  record(event: AuditEvent): void {
    this.queue.push(event)
    if (this.queue.length >= maxBatch) void this.write()
    else this.schedule(batchMs)
  }

  /** Resolves when everything recorded so far is written, or writing failed. */
  async flush(): Promise<void> {
    await this.writing
    if (this.queue.length > 0) await this.write()
  }

  private schedule(ms: number): void {
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
    while (this.queue.length > 0) {
      const batch = this.queue.slice(0, maxBatch)
      try {
        await this.audit.append(batch)
      } catch {
        // The events stay in the queue. Its bound, not this failure, decides when exchanges are refused.
        this.log.error('audit events could not be written; they are kept and tried again', {
          queued: this.queue.length,
        })
        this.schedule(retryMs)
        return
      }
      this.queue.splice(0, batch.length)
    }
  }
}
