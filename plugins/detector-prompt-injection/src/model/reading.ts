import { type Folded, fold, foldRoom } from '../prose/fold.ts'
import { type Features, featureRoom, featuresOf } from './features.ts'
import { type LinearTable, shareOf } from './linear.ts'

/** Tokens from `from` up to but not including `to`. */
export interface TokenSpan {
  readonly from: number
  readonly to: number
}

/** A text as the model reads it. One for all texts: what it says holds until the next is read. */
export class Reading {
  readonly folded: Folded
  readonly features: Features
  private readonly sums: Int32Array
  private table: LinearTable | undefined

  /** `longest`: units of the longest text. */
  constructor(longest: number) {
    this.folded = foldRoom(longest)
    this.features = featureRoom(longest)
    this.sums = new Int32Array(longest + 3)
  }

  /** `marked`: see `featuresOf`. */
  read(text: string, marked: Int32Array): void {
    featuresOf(fold(text, this.folded), this.features, marked)
  }

  /** Makes `score` answer for this table. */
  weigh(table: LinearTable): void {
    const { hashes, tokenHashes, tokens } = this.features
    const { weights, shift } = table
    const { sums } = this
    let sum = 0
    let at = 0
    for (let token = 0; token < tokens; token++) {
      const end = tokenHashes[token] as number // Written by `featuresOf` for every token.
      for (; at < end; at++) sum += weights[(hashes[at] as number) >>> shift] as number // The table has a place for each.
      sums[token + 1] = sum
    }
    this.table = table
  }

  /** Log-odds of a span of tokens under the table weighed last. */
  score({ from, to }: TokenSpan): number {
    const { table, sums } = this
    if (table === undefined || to <= from) return Number.NEGATIVE_INFINITY
    const sum = (sums[to] ?? 0) - (sums[from] ?? 0)
    return table.bias + table.step * sum * shareOf(this.hashesUpTo(to) - this.hashesUpTo(from))
  }

  /** Folded units of a span. */
  unitsOf({ from, to }: TokenSpan): number {
    return this.unitsUpTo(to) - this.unitsUpTo(from)
  }

  /** Where a span stands in the text. */
  placeOf({ from, to }: TokenSpan): { readonly start: number; readonly end: number } {
    const { units, offsets } = this.folded
    let first = this.unitsUpTo(from)
    while (units[first] === 0x20 || units[first] === 0x0a) first++
    return { start: offsets[first] ?? 0, end: offsets[this.unitsUpTo(to)] ?? 0 }
  }

  private hashesUpTo(token: number): number {
    return token === 0 ? 0 : (this.features.tokenHashes[token - 1] ?? 0)
  }

  private unitsUpTo(token: number): number {
    return token === 0 ? 0 : (this.features.tokenEnds[token - 1] ?? 0)
  }
}
