import { shareOf } from '../src/model/linear.ts'

/** Features of one example by their place in the table, and what it counts. */
export interface Row {
  readonly places: Int32Array
  readonly label: 0 | 1
  readonly weight: number
}

export interface LogisticSetup {
  readonly size: number
  readonly rounds: number
  readonly rate: number
  readonly l1: number
  readonly l2: number
  readonly random: () => number
}

export interface LinearModel {
  readonly weights: Float64Array
  readonly bias: number
}

/**
 * Logistic regression by FTRL-Proximal (McMahan et al. 2013, "Ad click prediction: a view from the trenches"): a rate for
 * each weight, and weights that earn nothing stay 0.
 */
export function trainLogistic(rows: readonly Row[], setup: LogisticSetup): LinearModel {
  const { size, rounds, rate, l1, l2, random } = setup
  const z = new Float64Array(size + 1)
  const n = new Float64Array(size + 1)
  const beta = 1
  const weightAt = (place: number): number => {
    const at = z[place] as number
    const sign = at < 0 ? -1 : 1
    const penalty = place === size ? 0 : l1
    if (sign * at <= penalty) return 0
    return -(at - sign * penalty) / ((beta + Math.sqrt(n[place] as number)) / rate + l2)
  }
  const order = rows.map((_, at) => at)
  for (let round = 0; round < rounds; round++) {
    for (let at = order.length - 1; at > 0; at--) {
      const other = Math.floor(random() * (at + 1))
      const kept = order[at] as number
      order[at] = order[other] as number
      order[other] = kept
    }
    for (const index of order) {
      const { places, label, weight } = rows[index] as Row
      const share = shareOf(places.length)
      let sum = weightAt(size)
      for (const place of places) sum += weightAt(place) * share
      const error = (1 / (1 + Math.exp(-sum)) - label) * weight
      const step = (place: number, gradient: number): void => {
        const before = n[place] as number
        const after = before + gradient * gradient
        z[place] = (z[place] as number) + gradient - ((Math.sqrt(after) - Math.sqrt(before)) / rate) * weightAt(place)
        n[place] = after
      }
      for (const place of places) step(place, error * share)
      step(size, error * 0.3)
    }
  }
  const weights = new Float64Array(size)
  for (let place = 0; place < size; place++) weights[place] = weightAt(place)
  return { weights, bias: weightAt(size) }
}
