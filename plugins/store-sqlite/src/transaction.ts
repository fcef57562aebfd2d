import type { DatabaseSync } from 'node:sqlite'

/**
 * All of `work` or none of it. IMMEDIATE takes the write lock at once: a transaction that began by reading could not
 * wait for another writer, it would fail ("database is locked") whatever the busy time-out.
 */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    // SQLite has already rolled back by itself after some errors (a full disk); a second ROLLBACK would hide the first.
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}
