import type { Measured } from './wrk.ts'

/** One run of one system with one case. */
export interface Run extends Measured {
  readonly case: string
  readonly system: string
  /** From 0. */
  readonly round: number
  /** Processor time of the system alone for one request, in microseconds. */
  readonly processorMicros: number
}

export interface Memory {
  readonly system: string
  readonly idleMegabytes: number
  readonly streams: number
  readonly openMegabytes: number
}

export interface Machine {
  readonly processor: string
  readonly cores: number
  readonly memoryGigabytes: number
  readonly system: string
  readonly versions: Readonly<Record<string, string>>
}

export interface Results {
  /** ISO 8601. */
  readonly at: string
  readonly machine: Machine
  readonly seconds: number
  readonly rounds: number
  readonly threads: number
  readonly connections: number
  readonly runs: readonly Run[]
  readonly memory: readonly Memory[]
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y)
  const middle = sorted.length >> 1
  const upper = sorted[middle] ?? Number.NaN
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? Number.NaN)) / 2
}

export interface Ratio {
  readonly case: string
  readonly pair: string
  readonly perRound: readonly number[]
  readonly median: number
}

const pairs = ['d/b', 'c/b', 'd/a', 'd/e'] as const

/** Throughput of one system over another's in the same round: a drift of the machine hits both alike. */
export function ratios(runs: readonly Run[], of: (run: Run) => number = (run) => run.requestsPerSecond): Ratio[] {
  const ids = [...new Set(runs.map((run) => run.case))]
  return ids.flatMap((id) =>
    pairs.flatMap((pair) => {
      const [upper, lower] = pair.split('/')
      const own = runs.filter((run) => run.case === id)
      const perRound = own
        .filter((run) => run.system === upper)
        .flatMap((run) => {
          const other = own.find((candidate) => candidate.system === lower && candidate.round === run.round)
          return other === undefined ? [] : [of(run) / of(other)]
        })
      return perRound.length === 0 ? [] : [{ case: id, pair, perRound, median: median(perRound) }]
    }),
  )
}
