import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { AuditEvent, AuditTable, SetupContext } from '@sluice/core'
import { unrecordable } from './unrecordable.ts'
import type { WriteBehind } from './write-behind.ts'

/** The record. Events are JSON text, and `JSON.stringify` escapes what SQLite could not keep: NUL and lone surrogates. */
export class SqliteAuditTable implements AuditTable {
  readonly #db: DatabaseSync
  readonly #writeBehind: WriteBehind
  readonly #ctx: SetupContext
  readonly #insert: StatementSync
  readonly #oldest: StatementSync
  readonly #newest: StatementSync

  constructor(db: DatabaseSync, writeBehind: WriteBehind, ctx: SetupContext) {
    this.#db = db
    this.#writeBehind = writeBehind
    this.#ctx = ctx
    this.#insert = db.prepare('INSERT INTO audit (event) VALUES (?)')
    // A negative LIMIT is none.
    this.#oldest = db.prepare('SELECT seq, event FROM audit WHERE seq > ? ORDER BY seq LIMIT ?')
    this.#newest = db.prepare(
      `SELECT * FROM (SELECT seq, event FROM audit WHERE seq > ? ORDER BY seq DESC LIMIT ?) ORDER BY seq LIMIT ?`,
    )
  }

  append(events: readonly AuditEvent[]): void {
    let replaced = 0
    this.#writeBehind.commit(() => {
      replaced = 0
      for (const event of events) if (!this.#record(event)) replaced += 1
    })
    if (replaced > 0) this.#ctx.log.warn('events could not be recorded and were replaced', { replaced })
  }

  read(range: {
    readonly after?: number
    readonly last?: number
    readonly limit?: number
  }): readonly { readonly cursor: number; readonly event: AuditEvent }[] {
    const { after = 0, last, limit = -1 } = range
    const rows = last === undefined ? this.#oldest.all(after, limit) : this.#newest.all(after, last, limit)
    return rows.map((row) => ({
      cursor: Number(row['seq']),
      // Written by `append` alone, from an AuditEvent.
      event: JSON.parse(String(row['event'])) as AuditEvent,
    }))
  }

  /** False: the event itself could not be stored, and another record says so. Throws when the database is at fault. */
  #record(event: AuditEvent): boolean {
    try {
      this.#insert.run(JSON.stringify(event))
      return true
    } catch (error) {
      // A failed statement leaves the transaction standing; where it fell too, it is not the event's fault.
      if (!this.#db.isTransaction) throw error
      this.#insert.run(JSON.stringify(unrecordable(event, this.#ctx.instance, this.#ctx.now())))
      return false
    }
  }
}
