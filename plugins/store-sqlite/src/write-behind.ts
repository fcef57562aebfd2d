import type { DatabaseSync } from 'node:sqlite'
import { clearTimeout, setTimeout } from 'node:timers'
import type { Logger } from '@sluice/core'
import type { OutsideWriters } from './outside-writers.ts'
import { inTransaction } from './transaction.ts'

/** Milliseconds that a change may wait in memory: what a killed process can lose. */
const delay = 100

/** Something that holds changes in memory. */
export interface HeldChanges {
  readonly held: number
  /** Writes every held change. Inside a transaction, which may still fail. */
  write(): void
  /** The transaction stands: nothing is held any more. */
  written(): void
}

/** Brings the changes of all tables to disk together: with the next batch of the record, or 100 ms after the first. */
export class WriteBehind {
  readonly #db: DatabaseSync
  readonly #outside: OutsideWriters
  readonly #log: Logger
  readonly #tables: HeldChanges[] = []
  #timer: ReturnType<typeof setTimeout> | undefined
  #failure: unknown

  constructor(db: DatabaseSync, outside: OutsideWriters, log: Logger) {
    this.#db = db
    this.#outside = outside
    this.#log = log
  }

  add(table: HeldChanges): void {
    this.#tables.push(table)
  }

  /** Says that something is held. */
  schedule(): void {
    if (this.#timer !== undefined) return
    this.#timer = setTimeout(() => this.#flushLate(), delay)
    this.#timer.unref()
  }

  /** Writes what is held, and `more` with it, in one transaction. Throws what SQLite throws; then all is held on. */
  commit(more: () => void = () => {}): void {
    inTransaction(this.#db, () => {
      // Under the lock: nobody can write between this look and the writing, so no foreign change is overwritten.
      this.#outside.look()
      for (const table of this.#tables) if (table.held > 0) table.write()
      more()
    })
    for (const table of this.#tables) if (table.held > 0) table.written()
    this.#failure = undefined
    this.stop()
  }

  flush(): void {
    if (this.#tables.some((table) => table.held > 0)) this.commit()
  }

  /** Throws if the last late writing failed and fails again. */
  check(): void {
    if (this.#failure !== undefined) this.flush()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#timer = undefined
  }

  #flushLate(): void {
    this.#timer = undefined
    try {
      this.flush()
    } catch (error) {
      if (this.#failure === undefined) this.#log.error('held changes cannot be written; trying on', { hook: 'flush' })
      this.#failure = error
      this.schedule()
    }
  }
}
