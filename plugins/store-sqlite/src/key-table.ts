import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { KeyRecord, KeyTable } from '@sluice/core'
import { LRUCache } from 'lru-cache'
import type { OutsideWriters } from './outside-writers.ts'

type Row = ReturnType<StatementSync['get']>

/**
 * Keys that exist are found in memory. Unknown ones are looked up each time (an index, a few µs): remembering them
 * would let a flood of invented keys push out the real ones.
 */
export class SqliteKeyTable implements KeyTable {
  readonly #cache = new LRUCache<string, KeyRecord>({ max: 10_000 })
  readonly #outside: OutsideWriters
  readonly #insert: StatementSync
  readonly #byHash: StatementSync
  readonly #all: StatementSync
  readonly #byApp: StatementSync
  readonly #revoke: StatementSync

  constructor(db: DatabaseSync, outside: OutsideWriters) {
    this.#outside = outside
    this.#insert = db.prepare(
      `INSERT INTO keys (id, app, name, hash, prefix, created_at, expires_at, revoked_at)
       VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
    )
    this.#byHash = db.prepare('SELECT * FROM keys WHERE hash = ?')
    this.#all = db.prepare('SELECT * FROM keys ORDER BY seq')
    this.#byApp = db.prepare('SELECT * FROM keys WHERE app = ? ORDER BY seq')
    this.#revoke = db.prepare('UPDATE keys SET revoked_at = coalesce(revoked_at, ?) WHERE id = ? RETURNING *')
    outside.onChange(() => this.#cache.clear())
  }

  create(record: KeyRecord): void {
    const { id, app, name, hash, prefix, createdAt, expiresAt = null, revokedAt = null } = record
    this.#insert.run(id, app, name, hash, prefix, createdAt, expiresAt, revokedAt)
  }

  find(hash: string): KeyRecord | undefined {
    this.#outside.poll()
    const known = this.#cache.get(hash)
    if (known !== undefined) return known
    const row = this.#byHash.get(hash)
    if (row === undefined) return undefined
    const record = recordOf(row)
    this.#cache.set(hash, record)
    return record
  }

  list(app?: string): readonly KeyRecord[] {
    return (app === undefined ? this.#all.all() : this.#byApp.all(app)).map(recordOf)
  }

  revoke(id: string, at: number): KeyRecord | undefined {
    const row = this.#revoke.get(at, id)
    if (row === undefined) return undefined
    const record = recordOf(row)
    this.#cache.delete(record.hash)
    return record
  }
}

function recordOf(row: NonNullable<Row>): KeyRecord {
  const expiresAt = row['expires_at']
  const revokedAt = row['revoked_at']
  return {
    id: String(row['id']),
    app: String(row['app']),
    name: String(row['name']),
    hash: String(row['hash']),
    prefix: String(row['prefix']),
    createdAt: Number(row['created_at']),
    ...(typeof expiresAt === 'number' ? { expiresAt } : {}),
    ...(typeof revokedAt === 'number' ? { revokedAt } : {}),
  }
}
