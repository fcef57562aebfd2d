import { figureOf } from '../row.ts'
import type { Answers, TaskResult } from '../run-task.ts'
import { colours } from './render.ts'

/** Ours: a curve over the confidence from which a finding counts. Peers, which mostly have none: a point. */
export function precisionRecall(results: readonly TaskResult[]): object | undefined {
  const drawn = results.filter(({ ours }) => ours.curve.length > 0)
  if (drawn.length === 0) return undefined
  const names = [...new Set(drawn.flatMap((result) => [result.ours, ...result.peers].map(({ by }) => by)))]
  const scale = { domain: names, range: colours.slice(0, names.length) }
  const axis = (title: string) => ({ type: 'quantitative', title, scale: { domain: [0, 1] } })
  const encoding = {
    x: { field: 'recall', ...axis('recall') },
    y: { field: 'precision', ...axis('precision') },
    color: { field: 'by', type: 'nominal', scale, title: null },
  }
  const panels = drawn.map(({ task, ours, peers }) => ({
    title: task.title,
    width: 260,
    height: 220,
    layer: [
      {
        data: { values: ours.curve.map((point) => ({ ...point, by: ours.by })) },
        mark: { type: 'line', point: { size: 22 } },
        encoding: { ...encoding, order: { field: 'threshold' } },
      },
      {
        data: { values: peers.flatMap(pointOf) },
        mark: { type: 'point', filled: true, size: 90, shape: 'diamond' },
        encoding,
      },
    ],
  }))
  return { concat: panels, columns: 2 }
}

function pointOf({ by, rows }: Answers): readonly object[] {
  const precision = rows.find(({ name }) => name === 'precision')
  const recalled =
    rows.find(({ name }) => name === 'all attacks: recall') ?? rows.find(({ name }) => name.endsWith('recall'))
  if (precision === undefined || recalled === undefined) return []
  return [{ by, precision: figureOf(precision), recall: figureOf(recalled) }]
}
