export interface Interval {
  readonly low: number
  readonly high: number
}

/** The 95 % of z. */
const z = 1.959964

/** Wilson's score interval, 95 %, of a proportion (E. B. Wilson, 1927). */
export function wilson(count: number, of: number): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = count / of
  const square = (z * z) / of
  const middle = share + square / 2
  const reach = z * Math.sqrt((share * (1 - share)) / of + square / (4 * of))
  return {
    low: count === 0 ? 0 : (middle - reach) / (1 + square),
    high: count === of ? 1 : (middle + reach) / (1 + square),
  }
}

/** The value that `share` of the values do not pass: nearest rank. 0 where there are none. */
export function percentile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0
}
