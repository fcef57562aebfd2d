import { cases } from './cases.ts'
import { type Memory, median, type Ratio, type Results, type Run, ratios } from './results.ts'
import { systems } from './systems.ts'

/** The whole result as Markdown: for the terminal and for docs/performance.md. */
export function report(results: Results): string {
  const { machine, runs, memory, rounds, seconds, threads, connections } = results
  const { versions } = machine
  const ids = cases.map(({ id }) => id).filter((id) => runs.some((run) => run.case === id))
  return [
    `Measured on ${results.at.slice(0, 10)} at commit ${versions['sluice']}: ${machine.cores} cores of ${machine.processor}, ` +
      `${machine.memoryGigabytes} GB, ${machine.system}; Bun ${versions['bun']}, Node ${versions['node']}, wrk ${versions['wrk']}. ` +
      `${rounds} × ${seconds} s for each figure, systems in turn, ${connections} connections, ${threads} load thread(s); medians of the rounds.`,
    systems.map(({ id, title }) => `- **${id}** ${title}`).join('\n'),
    ...ids.map((id) =>
      section(
        id,
        runs.filter((run) => run.case === id),
      ),
    ),
    ...(memory.length === 0 ? [] : [memoryTable(memory)]),
  ].join('\n\n')
}

function section(id: string, runs: readonly Run[]): string {
  const title = cases.find((one) => one.id === id)?.title ?? id
  const measured = systems.filter((system) => runs.some((run) => run.system === system.id))
  const rows = measured.map((system) => {
    const own = runs.filter((run) => run.system === system.id)
    const mid = (of: (run: Run) => number, digits: number): string => median(own.map(of)).toFixed(digits)
    return [
      system.id,
      mid((run) => run.requestsPerSecond, 0),
      mid((run) => run.p50Ms, 2),
      mid((run) => run.p99Ms, 2),
      mid((run) => run.processorMicros, 0),
      `${own.reduce((sum, run) => sum + run.errors, 0)}`,
    ]
  })
  const heading = ['', 'requests/s', 'p50 ms', 'p99 ms', 'CPU µs/request', 'errors']
  return [`### ${title}`, table(heading, rows), ...ratioTable(runs)].join('\n\n')
}

function ratioTable(runs: readonly Run[]): string[] {
  const throughput = ratios(runs)
  if (throughput.length === 0) return []
  const processor = ratios(runs, (run) => 1 / run.processorMicros)
  const rows = throughput.map((ratio) => [
    ratio.pair,
    ratio.median.toFixed(2),
    ratio.perRound.map((value) => value.toFixed(2)).join(', '),
    processor.find((other: Ratio) => other.pair === ratio.pair)?.median.toFixed(2) ?? '',
  ])
  return [table(['ratio', 'requests/s, median', 'per round', 'requests per CPU second'], rows)]
}

function memoryTable(memory: readonly Memory[]): string {
  const rows = memory.map(({ system, idleMegabytes, openMegabytes, streams }) => [
    system,
    idleMegabytes.toFixed(0),
    openMegabytes.toFixed(0),
    (((openMegabytes - idleMegabytes) * 1000) / streams).toFixed(1),
  ])
  const streams = memory[0]?.streams ?? 0
  return [
    `### Memory with ${streams.toLocaleString('en')} open streams`,
    table(['', 'idle MB', 'open MB', 'kB a stream'], rows),
  ].join('\n\n')
}

function table(heading: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`
  return [line(heading), line(heading.map((_, index) => (index === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n')
}
