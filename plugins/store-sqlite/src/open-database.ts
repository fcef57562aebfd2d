import { closeSync, existsSync, mkdirSync, openSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import process from 'node:process'
import { DatabaseSync } from 'node:sqlite'
import { isSluiceError, type SetupContext } from '@sluice/core'
import { storeFailure } from './failure.ts'
import { migrate, type SchemaState, schemaState } from './migrate.ts'
import { schema } from './schema.ts'

/** Milliseconds to wait for another process's lock. Without it SQLite answers "database is locked" at once. */
const busyTimeout = 5_000

/**
 * Of a new database; one that exists keeps its own. A page of SQLite's usual 4 KB holds three events: with pages of this
 * size writing the record takes a quarter less time, and checkpoints, which stop everything else, come less often.
 */
const pageBytes = 16_384

export const inMemory = ':memory:'

/** Opens the database with its schema in place. Throws SLUICE_STORE_FAILED with what to do. */
export function openDatabase(path: string, ctx: SetupContext): DatabaseSync {
  const readOnly = ctx.access === 'read-only'
  const file = path === inMemory ? inMemory : resolve(ctx.folder, path)
  if (readOnly && (file === inMemory || !existsSync(file))) {
    throw storeFailure(
      ctx.instance,
      'create',
      `there is no database at ${file}: start the gateway once, or correct "path"`,
    )
  }
  let db: DatabaseSync | undefined
  try {
    if (file !== inMemory) prepareFile(file, readOnly, ctx)
    db = new DatabaseSync(file, { readOnly, timeout: busyTimeout, enableForeignKeyConstraints: true })
    if (!readOnly) db.exec(`PRAGMA page_size = ${pageBytes}; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL`)
    requireCurrent(readOnly ? schemaState(db, schema) : migrate(db, schema), file, ctx.instance)
    return db
  } catch (cause) {
    db?.close()
    if (isSluiceError(cause)) throw cause
    const reason = cause instanceof Error ? cause.message : 'unknown error'
    throw storeFailure(ctx.instance, 'create', `cannot open the database ${file}: ${reason}`, cause)
  }
}

/** SQLite gives `-wal` and `-shm` the permissions of the database, so making it by hand as 0600 is enough for all three. */
function prepareFile(file: string, readOnly: boolean, ctx: SetupContext): void {
  if (!readOnly) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    closeSync(openSync(file, 'a', 0o600))
  }
  if (process.platform !== 'win32' && (statSync(file).mode & 0o077) !== 0) {
    ctx.log.warn('other users of this machine may read the database: chmod 600 it', { path: file })
  }
}

function requireCurrent(state: SchemaState, file: string, instance: string): void {
  if (state === 'current') return
  if (state === 'newer') {
    throw storeFailure(
      instance,
      'create',
      `${file} was written by a newer Sluice: update Sluice, or name another "path"`,
    )
  }
  if (state === 'foreign') {
    throw storeFailure(instance, 'create', `${file} is a database of another program: name another "path"`)
  }
  throw storeFailure(
    instance,
    'create',
    `${file} was written by an older Sluice: start the gateway once to bring it up to date`,
  )
}
