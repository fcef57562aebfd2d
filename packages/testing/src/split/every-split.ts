import { seededRandom } from './seeded-random.ts'
import { type PieceOf, type Splittable, splitAt, stepsOf } from './split-at.ts'

/** One way to cut something up. Joined, the pieces are the whole again. */
export interface Split<Whole extends Splittable> {
  /** For the failure message: `cut at 17`, `pieces of 3`, `random 5, seed 1`. */
  readonly name: string
  readonly pieces: readonly PieceOf<Whole>[]
}

export interface EverySplitOptions {
  /** Fixed sizes besides 1. Default 2, 3, 5, 7, 16, 64, 1,024. */
  readonly sizes?: readonly number[]
  /** How many random ways, some with empty pieces. Default 16. */
  readonly random?: number
  /** Of the random ways. Default 1. */
  readonly seed?: number
  /**
   * Most single cuts to try; when there are more places than this, they are spread evenly, and the first and last are
   * always among them. Default: no bound. One cut of n places costs n, so all of them cost n².
   */
  readonly singleCuts?: number
}

/**
 * The ways to cut `whole`: not at all, once at every place, one unit at a time, pieces of fixed sizes, seeded random.
 * The same arguments always give the same ways. What is read from any of them must be what is read from the whole.
 */
export function* everySplit<Whole extends Splittable>(
  whole: Whole,
  options: EverySplitOptions = {},
): Generator<Split<Whole>> {
  const { sizes = [2, 3, 5, 7, 16, 64, 1024], random = 16, seed = 1, singleCuts = Number.POSITIVE_INFINITY } = options
  const { length } = whole
  yield { name: 'whole', pieces: splitAt(whole, []) }
  if (length > 1) {
    for (const at of spread(1, length - 1, singleCuts)) yield { name: `cut at ${at}`, pieces: splitAt(whole, [at]) }
  }
  for (const size of [1, ...sizes]) {
    if (size < length) yield { name: `pieces of ${size}`, pieces: splitAt(whole, stepsOf(size, length)) }
  }
  const next = seededRandom(seed)
  for (let round = 0; round < random; round++) {
    const cuts = 1 + Math.floor(next() * Math.min(length, 40))
    const positions = Array.from({ length: cuts }, () => Math.floor(next() * (length + 1))).sort((a, b) => a - b)
    yield { name: `random ${round}, seed ${seed}`, pieces: splitAt(whole, positions) }
  }
}

function* spread(first: number, last: number, most: number): Generator<number> {
  const places = last - first + 1
  if (places <= most) {
    for (let at = first; at <= last; at++) yield at
    return
  }
  for (let step = 0; step < most; step++) {
    yield most === 1 ? first : first + Math.round((step * (places - 1)) / (most - 1))
  }
}
