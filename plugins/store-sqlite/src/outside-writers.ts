import type { DatabaseSync, StatementSync } from 'node:sqlite'

/** Milliseconds between two looks: half of the 250 in which another process's change must be seen, and some to spare. */
const interval = 100

/**
 * Notices what other connections wrote, so that what is kept in memory can be dropped. SQLite counts foreign commits in
 * `PRAGMA data_version` (about 1 µs); it is asked when memory is used, so that no timer keeps a quiet process awake.
 */
export class OutsideWriters {
  readonly #version: StatementSync
  readonly #listeners: (() => void)[] = []
  #seen: number
  #lookedAt: number

  constructor(db: DatabaseSync) {
    this.#version = db.prepare('PRAGMA data_version')
    this.#seen = this.#read()
    this.#lookedAt = performance.now()
  }

  onChange(listener: () => void): void {
    this.#listeners.push(listener)
  }

  /** Cheap enough for every access: looks at most every 100 ms. */
  poll(): void {
    // Monotonic: a wall clock set back would stop the looking.
    if (performance.now() - this.#lookedAt >= interval) this.look()
  }

  look(): void {
    this.#lookedAt = performance.now()
    const version = this.#read()
    if (version === this.#seen) return
    this.#seen = version
    for (const listener of this.#listeners) listener()
  }

  #read(): number {
    return Number(this.#version.get()?.['data_version'])
  }
}
