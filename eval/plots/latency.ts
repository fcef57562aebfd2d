import { type Latency, latencyAims, together } from '../latency.ts'
import { colours } from './render.ts'

/** Milliseconds on a scale of powers of ten, by detector and length of the text; the aims as lines. */
export function latencyPlot(latencies: readonly Latency[]): object | undefined {
  if (latencies.length === 0) return undefined
  const figures = [
    ['p50', 'p50Ms'],
    ['p99', 'p99Ms'],
  ] as const
  const sizes = [...new Set(latencies.map(({ size }) => size))]
  const values = latencies.flatMap((one) => figures.map(([figure, key]) => ({ ...one, figure, ms: one[key] })))
  const names = [together, ...new Set(latencies.map(({ name }) => name).filter((name) => name !== together))]
  const [first, second] = colours
  const scale = { domain: ['p50', 'p99'], range: [first, second] }
  return {
    hconcat: sizes.map((size) => ({
      title: `${size / 1024} KB`,
      width: 300,
      height: { step: 26 },
      layer: [
        {
          data: { values: values.filter((one) => one.size === size) },
          mark: { type: 'point', filled: true, size: 90, opacity: 1 },
          encoding: {
            y: { field: 'name', type: 'nominal', title: null, sort: names },
            x: { field: 'ms', type: 'quantitative', title: 'milliseconds', scale: { type: 'log' } },
            color: { field: 'figure', type: 'nominal', scale, title: null },
          },
        },
        {
          data: {
            values: latencyAims
              .filter((aim) => aim.size === size)
              .map(({ figure, most }) => ({ figure: figure === 'p50Ms' ? 'p50' : 'p99', most })),
          },
          mark: { type: 'rule', strokeDash: [4, 3], size: 1.5 },
          encoding: {
            x: { field: 'most', type: 'quantitative' },
            color: { field: 'figure', type: 'nominal', scale },
          },
        },
      ],
    })),
  }
}
