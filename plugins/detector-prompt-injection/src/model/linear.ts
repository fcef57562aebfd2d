/** One table of weights: what each feature says for (above 0) or against. */
export interface LinearTable {
  /** Weights by place, in steps of `step`. A power of two of them. */
  readonly weights: Int8Array
  /** 32 less the bits of a place: the upper bits of a feature's hash are its place. */
  readonly shift: number
  readonly step: number
  readonly bias: number
}

/** Among so many features, each counts so much: a long text does not add up to more than a short one. */
export function shareOf(features: number): number {
  return 1 / Math.sqrt(features + 16)
}
