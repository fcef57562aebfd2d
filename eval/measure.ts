import type { Case, Outcome } from './case.ts'
import type { Inspector } from './inspecting.ts'

export interface Measured {
  readonly outcomes: readonly Outcome[]
  readonly bytes: number
  readonly ms: number
}

/** Puts every case to the detectors, one after the other, and takes the time of that alone. */
export async function measure(cases: readonly Case[], inspect: Inspector): Promise<Measured> {
  const outcomes: Outcome[] = []
  let ms = 0
  let bytes = 0
  for (const one of cases) {
    const began = performance.now()
    const answer = inspect(one)
    const found = answer instanceof Promise ? await answer : answer
    ms += performance.now() - began
    bytes += Buffer.byteLength(one.text)
    outcomes.push({ case: one, found })
  }
  return { outcomes, bytes, ms }
}
