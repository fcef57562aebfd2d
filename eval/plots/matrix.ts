import { figureOf } from '../row.ts'
import type { TaskResult } from '../run-task.ts'

/** Of what is found, by way of writing it, beside what peers find: for rows that are called after nothing but the way. */
export function matrix({ ours, peers }: TaskResult): object {
  const ways = ours.rows.filter(({ name }) => !name.includes(':')).map(({ name }) => name)
  const values = [ours, ...peers].flatMap(({ by, rows }) =>
    rows.filter(({ name }) => ways.includes(name)).map((row) => ({ by, way: row.name, share: figureOf(row) })),
  )
  const encoding = {
    x: {
      field: 'by',
      type: 'nominal',
      title: null,
      sort: [ours, ...peers].map(({ by }) => by),
      axis: { orient: 'top', labelAngle: -20, labelLimit: 300, domain: false, ticks: false },
    },
    y: {
      field: 'way',
      type: 'nominal',
      title: null,
      sort: ways,
      axis: { domain: false, ticks: false, labelLimit: 300 },
    },
  }
  return {
    width: { step: 110 },
    height: { step: 24 },
    data: { values },
    layer: [
      {
        mark: { type: 'rect', cornerRadius: 3 },
        encoding: {
          ...encoding,
          color: {
            field: 'share',
            type: 'quantitative',
            scale: { domain: [0, 0.5, 1], range: ['#b62324', '#9e6a03', '#1a7f37'] },
            legend: null,
          },
        },
      },
      {
        mark: { type: 'text', color: '#ffffff', fontSize: 11 },
        encoding: { ...encoding, text: { field: 'share', type: 'quantitative', format: '.1%' } },
      },
    ],
  }
}
