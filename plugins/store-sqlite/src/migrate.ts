import type { DatabaseSync } from 'node:sqlite'
import { inTransaction } from './transaction.ts'

// Of our own, because nothing well-kept does it for `node:sqlite`: umzug, drizzle and kysely are asynchronous and bring a
// driver or a query builder, and the one small library made for it would open a database of a newer version silently.

/** 'SLCE': tells our databases from a stranger's. */
const applicationId = 0x534c4345

export type SchemaState = 'empty' | 'foreign' | 'older' | 'current' | 'newer'

export function schemaState(db: DatabaseSync, steps: readonly string[]): SchemaState {
  const version = pragma(db, 'user_version')
  if (pragma(db, 'application_id') !== applicationId) {
    const objects = db.prepare('SELECT count(*) AS count FROM sqlite_master').get()?.['count']
    return objects === 0 && version === 0 ? 'empty' : 'foreign'
  }
  if (version > steps.length) return 'newer'
  return version === steps.length ? 'current' : 'older'
}

/**
 * Brings an empty or older database to version `steps.length`; step n leads from version n to n + 1. All in one
 * transaction that looks again under the lock, so that of two processes starting at once one waits for the other.
 */
export function migrate(db: DatabaseSync, steps: readonly string[]): SchemaState {
  return inTransaction(db, () => {
    const state = schemaState(db, steps)
    if (state === 'empty') db.exec(`PRAGMA application_id = ${applicationId}`)
    if (state === 'empty' || state === 'older') {
      for (const step of steps.slice(pragma(db, 'user_version'))) db.exec(step)
      db.exec(`PRAGMA user_version = ${steps.length}`)
      return 'current'
    }
    return state
  })
}

function pragma(db: DatabaseSync, name: 'user_version' | 'application_id'): number {
  return Number(db.prepare(`PRAGMA ${name}`).get()?.[name])
}
