import type { CounterTable } from '@sluice/core'
import type { CachedStateTable } from './state-table.ts'

/** A window: how many were counted, and when it ends (milliseconds since 1970). */
export interface CounterState {
  readonly count: number
  readonly endsAt: number
}

/** Counts in memory, in one step, so that any number of calls at once never take more than `limit`. */
export class StateCounterTable implements CounterTable {
  readonly #windows: CachedStateTable<CounterState>

  constructor(windows: CachedStateTable<CounterState>) {
    this.#windows = windows
  }

  take(
    name: string,
    limit: number,
    now: number,
    endsAt: (now: number) => number,
    amount: number = 1,
  ): { readonly taken: boolean; readonly remaining: number; readonly retryAt: number } {
    let taken = false
    const window = this.#windows.update('', name, (before) => {
      const end = endsAt(now)
      // A clock that was set back must not leave a window open for longer than one lasts.
      const current =
        before === undefined || before.endsAt <= now
          ? { count: 0, endsAt: end }
          : before.endsAt > end
            ? { count: before.count, endsAt: end }
            : before
      taken = current.count + amount <= limit
      return taken ? { count: current.count + amount, endsAt: current.endsAt } : current
    })
    return { taken, remaining: Math.max(0, limit - window.count), retryAt: window.endsAt }
  }
}
