import { read, readPieces, segmentOf, type Vetted } from './detectors.ts'
import type { Input } from './inputs.ts'

export interface Measured {
  /** `all` is all detectors after one another. */
  readonly detector: string
  readonly file: string
  readonly ms: number
  /** So many detectors refused the text. */
  readonly refused: number
  /** The beginning of the text. */
  readonly text: string
}

/**
 * The best of three of all detectors together on one text, whole or in pieces, whichever is slower. From `closerMs` on, each
 * detector alone too, which says who takes it.
 */
export async function measure(
  detectors: readonly Vetted[],
  input: Input,
  closerMs: number,
): Promise<readonly Measured[]> {
  const all = await slower(detectors, input, closerMs)
  const of = (detector: string, one: Timed): Measured => {
    return { detector, file: input.file, text: input.text.slice(0, 60), ...one }
  }
  const measured = [of('all', all)]
  if (all.ms < closerMs) return measured
  for (const one of detectors) measured.push(of(one.name, await slower([one], input, closerMs)))
  return measured
}

interface Timed {
  readonly ms: number
  readonly refused: number
}

async function slower(detectors: readonly Vetted[], input: Input, closerMs: number): Promise<Timed> {
  const whole = await best(detectors, input, read, closerMs)
  const pieces = await best(detectors, input, readPieces, closerMs)
  return { ms: Math.max(whole.ms, pieces.ms), refused: whole.refused }
}

/** A first run that is quick enough settles it. */
async function best(
  detectors: readonly Vetted[],
  input: Input,
  reading: typeof read,
  enoughMs: number,
): Promise<Timed> {
  let ms = Number.POSITIVE_INFINITY
  let refused = 0
  for (let round = 0; round < 3 && ms >= enoughMs; round++) {
    // A new one each time: what was found out about a segment is remembered by it.
    const segment = segmentOf(input.text)
    refused = 0
    const began = performance.now()
    for (const one of detectors) if (!(await reading(one, segment))) refused++
    ms = Math.min(ms, performance.now() - began)
  }
  return { ms, refused }
}
