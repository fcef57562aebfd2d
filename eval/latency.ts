import type { LoadedDetector } from '../packages/core/src/index.ts'
import type { Case } from './case.ts'
import type { Corpora } from './corpora.ts'
import { inspectorOf } from './inspecting.ts'
import { measure } from './measure.ts'
import { sampled } from './random.ts'
import { segments } from './segments.ts'
import { percentile } from './statistics.ts'

export interface Latency {
  readonly name: string
  /** Characters of a text. */
  readonly size: number
  readonly texts: number
  readonly p50Ms: number
  readonly p99Ms: number
  readonly megabytesPerSecond: number
}

export interface LatencyAim {
  readonly size: number
  readonly figure: 'p50Ms' | 'p99Ms'
  readonly most: number
}

export const together = 'all together'

/** For all detectors together. */
export const latencyAims: readonly LatencyAim[] = [
  { size: 2048, figure: 'p50Ms', most: 0.5 },
  { size: 2048, figure: 'p99Ms', most: 3 },
  { size: 102_400, figure: 'p50Ms', most: 40 },
]

const sizes = [
  { size: 2048, texts: 1500, warmUps: 2 },
  { size: 102_400, texts: 30, warmUps: 1 },
]

/** How long prompts of benign documentation and code take: each detector alone, and all in one inspection. */
export async function measureLatency(
  corpora: Corpora,
  detectors: readonly LoadedDetector[],
  say: (line: string) => void,
): Promise<readonly Latency[]> {
  const text = ['benign-docs', 'benign-code']
    .flatMap((name) => corpora.read(name).map((entry) => entry.text))
    .join('\n')
  const subjects = [...detectors.map((one) => ({ name: one.id, of: [one] })), { name: together, of: detectors }]
  const latencies: Latency[] = []
  for (const { size, texts, warmUps } of sizes) {
    const cases = sampled(pieces(text, size), texts, size)
    for (const { name, of } of subjects) {
      const inspect = inspectorOf(of)
      for (let round = 0; round < warmUps; round++) await measure(cases, inspect)
      const times: number[] = []
      for (const one of cases) times.push((await measure([one], inspect)).ms)
      const total = times.reduce((sum, ms) => sum + ms, 0)
      latencies.push({
        name,
        size,
        texts: cases.length,
        p50Ms: percentile(times, 0.5),
        p99Ms: percentile(times, 0.99),
        megabytesPerSecond: (size * cases.length) / 1e6 / (total / 1000),
      })
      say(`latency  ${name}, ${size / 1024} KB: p50 ${latencies.at(-1)?.p50Ms.toFixed(2)} ms`)
    }
  }
  return latencies
}

/** Where there is less text than a piece takes, it is repeated. */
function pieces(text: string, size: number): readonly Case[] {
  const enough = text.length >= size * 3 || text === '' ? text : text.repeat(Math.ceil((size * 3) / text.length))
  const count = Math.floor(enough.length / size)
  return Array.from({ length: count }, (_, index) => ({
    id: `piece-${index}`,
    text: enough.slice(index * size, (index + 1) * size),
    label: false,
    group: 'latency',
    segment: segments.prompt,
  }))
}
