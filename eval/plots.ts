import type { Latency } from './latency.ts'
import { latencyPlot } from './plots/latency.ts'
import { matrix } from './plots/matrix.ts'
import { precisionRecall } from './plots/precision-recall.ts'
import { render } from './plots/render.ts'
import type { TaskResult } from './run-task.ts'

/** Tasks whose rows are ways of writing the same cases. */
const matrices = ['encodings', 'perturbations']

export interface Plots {
  /** SVG by file name. */
  readonly svgs: ReadonlyMap<string, string>
  /** File names by the task or the part of the report they belong to. */
  readonly names: Readonly<Record<string, string>>
}

export async function drawPlots(results: readonly TaskResult[], latencies: readonly Latency[]): Promise<Plots> {
  const specs = new Map<string, object | undefined>([
    ['precision-recall', precisionRecall(results)],
    ['latency', latencyPlot(latencies)],
    ...results.filter(({ task }) => matrices.includes(task.id)).map((one) => [one.task.id, matrix(one)] as const),
  ])
  const svgs = new Map<string, string>()
  const names: Record<string, string> = {}
  for (const [name, spec] of specs) {
    if (spec === undefined) continue
    names[name] = `${name}.svg`
    svgs.set(`${name}.svg`, await render(spec))
  }
  return { svgs, names }
}
