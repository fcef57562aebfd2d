import type { Closeable, StoreInstance } from '@sluice/core'

/** A store that holds nothing yet, and ways to come to the same data again. */
export interface StoreUnderTest {
  readonly store: StoreInstance
  /** Closes the store and opens it again on the same data. */
  reopen(): Promise<StoreInstance>
  /** A connection of its own to the same data, as another process would have. Closed by whoever asked for it. */
  another(access: 'read-write' | 'read-only'): Promise<StoreInstance & Closeable>
  /** Closes the store and removes its data. Also after a failed test. */
  close(): Promise<void>
}

export type StoreTest = (subject: StoreUnderTest) => Promise<void>

/** Declares one test of a suite; it gets a store of its own. */
export type DeclareStoreTest = (name: string, body: StoreTest) => void

/** Tries until it answers true, and says after how many milliseconds. Rejects after `within`. */
export async function eventually(within: number, holds: () => Promise<boolean>): Promise<number> {
  const start = performance.now()
  for (;;) {
    if (await holds()) return performance.now() - start
    if (performance.now() - start > within) throw new Error(`not so within ${within} ms`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
}
