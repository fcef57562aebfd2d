import type { Outcome } from './case.ts'

export interface CurvePoint {
  readonly threshold: number
  readonly precision: number
  readonly recall: number
}

/** Precision and recall when only findings of at least so much confidence count, for each confidence that occurs. */
export function curveOf(outcomes: readonly Outcome[], score: (outcome: Outcome) => number): readonly CurvePoint[] {
  const scored = outcomes.map((outcome) => ({ label: outcome.case.label, score: score(outcome) }))
  const positives = scored.filter(({ label }) => label).length
  const thresholds = [...new Set(scored.map((one) => one.score))].filter((one) => one > 0).sort((a, b) => b - a)
  return thinned(thresholds, 200).map((threshold) => {
    const above = scored.filter((one) => one.score >= threshold)
    const right = above.filter(({ label }) => label).length
    return { threshold, precision: right / above.length, recall: positives === 0 ? 0 : right / positives }
  })
}

/** Every so many-th, and the last: a curve needs no more points than can be seen. */
function thinned(values: readonly number[], most: number): readonly number[] {
  const step = Math.ceil(values.length / most)
  return values.filter((_, index) => index % step === 0 || index === values.length - 1)
}
