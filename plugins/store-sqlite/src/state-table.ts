import type { DatabaseSync, StatementSync } from 'node:sqlite'
import type { StateTable } from '@sluice/core'
import { LRUCache } from 'lru-cache'
import type { OutsideWriters } from './outside-writers.ts'
import { storableText } from './storable-text.ts'
import type { HeldChanges, WriteBehind } from './write-behind.ts'

/** States kept in memory that are also on disk. */
const maxClean = 10_000
/** States, and changes of one state, that may wait for the disk. Past it they are written at once. */
const maxHeld = 10_000
const maxChanges = 1_000

type Change<State> = (state: State | undefined) => State

/** A state that the disk does not have yet, with the changes that led to it. */
interface Held<State> {
  readonly app: string
  readonly id: string
  readonly changes: Change<State>[]
  state: State
  /** Somebody else wrote to the database: the changes are made again on what stands there. */
  outdated: boolean
}

/** Milliseconds between two removals of expired rows. */
const removalInterval = 60_000

export interface StateTableSpec<State extends object> {
  readonly table: 'actors' | 'sessions' | 'kept' | 'counters'
  /** Milliseconds since 1970 after which the row is removed, sooner or later. Absent: never. */
  readonly expiresAt?: (state: State) => number
  readonly now: () => number
}

/** State in memory, written behind. What is held is never evicted; what is clean is, the longest unused first. */
export class CachedStateTable<State extends object> implements StateTable<State>, HeldChanges {
  readonly #clean = new LRUCache<string, State>({ max: maxClean })
  readonly #held = new Map<string, Held<State>>()
  readonly #outside: OutsideWriters
  readonly #writeBehind: WriteBehind
  readonly #spec: StateTableSpec<State>
  readonly #select: StatementSync
  readonly #upsert: StatementSync
  readonly #remove: StatementSync
  #removedAt = 0

  constructor(db: DatabaseSync, outside: OutsideWriters, writeBehind: WriteBehind, spec: StateTableSpec<State>) {
    this.#outside = outside
    this.#writeBehind = writeBehind
    this.#spec = spec
    this.#select = db.prepare(`SELECT state FROM ${spec.table} WHERE app = ? AND id = ?`)
    this.#upsert = db.prepare(
      `INSERT INTO ${spec.table} (app, id, state, expires_at) VALUES (?, ?, ?, ?)
       ON CONFLICT DO UPDATE SET state = excluded.state, expires_at = excluded.expires_at`,
    )
    this.#remove = db.prepare(`DELETE FROM ${spec.table} WHERE expires_at <= ?`)
    outside.onChange(() => this.#forget())
    writeBehind.add(this)
  }

  get(app: string, id: string): State | undefined {
    return this.#get(keyOf(app, id), app, id)
  }

  #get(key: string, app: string, id: string): State | undefined {
    this.#outside.poll()
    const held = this.#held.get(key)
    if (held !== undefined) return this.#current(held)
    const clean = this.#clean.get(key)
    if (clean !== undefined) return clean
    const state = this.#read(app, id)
    if (state !== undefined) this.#clean.set(key, state)
    return state
  }

  update(app: string, id: string, change: Change<State>): State {
    const key = keyOf(app, id)
    const waiting = this.#held.get(key)?.changes.length
    if (waiting === undefined ? this.#held.size >= maxHeld : waiting >= maxChanges) this.#writeBehind.flush()
    const before = this.#get(key, app, id)
    const state = change(before)
    if (state === before) return state
    const held = this.#held.get(key)
    if (held === undefined) {
      this.#held.set(key, { app, id, changes: [change], state, outdated: false })
      this.#clean.delete(key)
    } else {
      held.changes.push(change)
      held.state = state
    }
    this.#writeBehind.schedule()
    return state
  }

  get held(): number {
    return this.#held.size
  }

  write(): void {
    for (const held of this.#held.values()) {
      const state = this.#current(held)
      const expiresAt = this.#spec.expiresAt?.(state) ?? null
      this.#upsert.run(storableText(held.app), storableText(held.id), JSON.stringify(state), expiresAt)
    }
    this.#removeExpired()
  }

  written(): void {
    for (const [key, held] of this.#held) this.#clean.set(key, held.state)
    this.#held.clear()
  }

  #removeExpired(): void {
    const now = this.#spec.now()
    if (this.#spec.expiresAt === undefined || now - this.#removedAt < removalInterval) return
    this.#remove.run(now)
    this.#removedAt = now
  }

  #current(held: Held<State>): State {
    if (held.outdated) {
      held.state = held.changes.reduce<State | undefined>(
        (state, change) => change(state),
        this.#read(held.app, held.id),
      ) as State // There is at least one change, and a change answers a state.
      held.outdated = false
    }
    return held.state
  }

  #read(app: string, id: string): State | undefined {
    const text = this.#select.get(storableText(app), storableText(id))?.['state']
    // Written by `write` alone, from a State.
    return typeof text === 'string' ? (JSON.parse(text) as State) : undefined
  }

  #forget(): void {
    this.#clean.clear()
    for (const held of this.#held.values()) held.outdated = true
  }
}

/** One key for two texts, such that no two pairs meet. */
function keyOf(app: string, id: string): string {
  return `${app.length}:${app}${id}`
}
