import { featureRoom, featuresOf } from '../src/model/features.ts'
import type { LinearTable } from '../src/model/linear.ts'
import { Reading } from '../src/model/reading.ts'
import { likeliestSpan } from '../src/model/spans.ts'
import { fold, foldRoom } from '../src/prose/fold.ts'
import { randomFrom } from './corpora.ts'
import type { Example } from './examples.ts'
import { type Row, trainLogistic } from './logistic.ts'

/** Units of a text that are learnt from. */
const longest = 1024
const unmarked = new Int32Array(8192)
const folded = foldRoom(longest)
const features = featureRoom(longest)

function rowOf({ text, label, weight }: Omit<Example, 'set' | 'heldOut'>, shift: number): Row {
  const { tokens, tokenHashes, hashes } = featuresOf(fold(text.slice(0, longest), folded), features, unmarked)
  const count = tokens === 0 ? 0 : (tokenHashes[tokens - 1] ?? 0)
  return { places: hashes.slice(0, count).map((hash) => hash >>> shift), label, weight }
}

export interface FitSetup {
  readonly bits: number
  readonly rounds: number
  readonly l1: number
  readonly seed: number
  /** Stretches of texts that are no attacks, and look like one to a first fit, are learnt as such in a second. */
  readonly mined: boolean
}

export function fit(examples: readonly Example[], { bits, rounds, l1, seed, mined }: FitSetup): LinearTable {
  const shift = 32 - bits
  const rows = examples.map((one) => rowOf(one, shift))
  const learn = (): LinearTable =>
    quantized(trainLogistic(rows, { size: 1 << bits, rounds, rate: 0.5, l1, l2: 0.5, random: randomFrom(seed) }), shift)
  const first = learn()
  if (!mined) return first
  const reading = new Reading(longest)
  for (const { text, label, weight } of examples) {
    if (label === 1) continue
    reading.read(text.slice(0, longest), unmarked)
    reading.weigh(first)
    const found = likeliestSpan(reading)
    if (found === undefined || found.score < -1 || found.span.to - found.span.from === reading.features.tokens) continue
    const { start, end } = reading.placeOf(found.span)
    rows.push(rowOf({ text: text.slice(start, end), label, weight }, shift))
  }
  return learn()
}

function quantized({ weights, bias }: { weights: Float64Array; bias: number }, shift: number): LinearTable {
  // The few largest are cut: one step for all of them would be too coarse for the rest.
  const sizes = weights
    .filter((weight) => weight !== 0)
    .map(Math.abs)
    .sort()
  const step = Math.max(1e-6, (sizes[Math.floor(sizes.length * 0.9998)] ?? 0) / 127)
  const table = new Int8Array(weights.length)
  for (let at = 0; at < weights.length; at++) {
    table[at] = Math.max(-127, Math.min(127, Math.round((weights[at] as number) / step)))
  }
  return { weights: table, shift, step, bias }
}
