import type { DatabaseSync } from 'node:sqlite'
import type {
  ActorState,
  Closeable,
  KeptState,
  SessionState,
  SetupContext,
  StateTable,
  StoreInstance,
} from '@sluice/core'
import { SqliteAuditTable } from './audit-table.ts'
import { type CounterState, StateCounterTable } from './counter-table.ts'
import { storeFailure, storing } from './failure.ts'
import { SqliteKeyTable } from './key-table.ts'
import { OutsideWriters } from './outside-writers.ts'
import { keptSecret } from './secret-table.ts'
import { CachedStateTable } from './state-table.ts'
import { stillThere } from './still-there.ts'
import { WriteBehind } from './write-behind.ts'

const day = 86_400_000
/** Sessions end after half an hour or with their trace; their rows are kept a while for whoever looks back. */
const sessionsKept = 30 * day

/** Longer than any provider keeps what was stored for a while; what it keeps for good is by then unknown. */
const keptFor = 400 * day

/** The tables as one store: everything it throws is SLUICE_STORE_FAILED, and nothing works once it is closed. */
export function sqliteStore(db: DatabaseSync, ctx: SetupContext): StoreInstance & Closeable {
  const { now } = ctx
  const outside = new OutsideWriters(db)
  const writeBehind = new WriteBehind(db, outside, ctx.log)
  const keys = new SqliteKeyTable(db, outside)
  const actors = new CachedStateTable<ActorState>(db, outside, writeBehind, { table: 'actors', now })
  const sessions = new CachedStateTable<SessionState>(db, outside, writeBehind, {
    table: 'sessions',
    now,
    expiresAt: (session) => session.lastSeenAt + sessionsKept,
  })
  const kept = new CachedStateTable<KeptState>(db, outside, writeBehind, {
    table: 'kept',
    now,
    expiresAt: ({ at }) => at + keptFor,
  })
  const windows = new CachedStateTable<CounterState>(db, outside, writeBehind, {
    table: 'counters',
    now,
    expiresAt: (window) => window.endsAt,
  })
  const counters = new StateCounterTable(windows)
  const audit = new SqliteAuditTable(db, writeBehind, ctx)
  const mustBeThere = ctx.access === 'read-only' ? () => undefined : stillThere(db.location(), ctx.instance)
  let closed = false

  function reading<T>(hook: string, work: () => T): T {
    if (closed) throw storeFailure(ctx.instance, hook, 'the store is closed')
    return storing(ctx.instance, hook, work)
  }
  function writing<T>(hook: string, work: () => T): T {
    if (ctx.access === 'read-only') throw storeFailure(ctx.instance, hook, 'the store was opened read-only')
    return reading(hook, work)
  }
  function states<State extends object>(hook: string, table: CachedStateTable<State>): StateTable<State> {
    const [get, update] = [`${hook}.get`, `${hook}.update`]
    return {
      get: (app, id) => reading(get, () => table.get(app, id)),
      update: (app, id, change) => writing(update, () => table.update(app, id, change)),
    }
  }

  return {
    keys: {
      create: (record) => writing('keys.create', () => keys.create(record)),
      find: (hash) => reading('keys.find', () => keys.find(hash)),
      list: (app) => reading('keys.list', () => keys.list(app)),
      revoke: (id, at) => writing('keys.revoke', () => keys.revoke(id, at)),
    },
    actors: states('actors', actors),
    sessions: states('sessions', sessions),
    kept: states('kept', kept),
    counters: {
      take: (name, limit, at, endsAt, amount) =>
        writing('counters.take', () => counters.take(name, limit, at, endsAt, amount)),
    },
    audit: {
      append: (events) =>
        writing('audit.append', () => {
          mustBeThere()
          audit.append(events)
        }),
      read: (range) => reading('audit.read', () => audit.read(range)),
    },
    // A secret that exists can be had by a reader too; making one fails there by itself.
    secret: (name, make) => reading('secret', () => keptSecret(db, name, make)),
    flush: () => reading('flush', () => writeBehind.flush()),
    check: () =>
      reading('check', () => {
        mustBeThere()
        writeBehind.check()
        db.prepare('SELECT count(*) FROM sqlite_master').get()
      }),
    close() {
      if (closed) return
      closed = true
      writeBehind.stop()
      storing(ctx.instance, 'close', () => {
        try {
          writeBehind.flush()
          // A reader that stays would keep SQLite from doing this by itself, and the -wal file would stay long.
          if (ctx.access !== 'read-only') db.exec('PRAGMA wal_checkpoint(TRUNCATE)')
        } finally {
          db.close()
        }
      })
    },
  }
}
