import { type CensusSide, type Coverage, coverageOf, takeCensus } from '../../packages/core/src/index.ts'
import { openaiOperations } from './endpoints.ts'

const sides: readonly CensusSide[] = ['request', 'response', 'events']

/** What `sluice routes --json` prints of the OpenAI adapter's operations that the provider describes. */
export async function coverageTable(): Promise<string> {
  const rows: string[] = []
  for (const operation of await openaiOperations()) {
    const samples = await operation.samples?.()
    if (samples === undefined) continue
    const coverage = coverageOf(takeCensus(operation, samples))
    rows.push(`| \`${operation.name}\` | ${sides.map((side) => cell(coverage[side])).join(' | ')} |`)
  }
  return ['| operation | request | response | events |', '|---|---|---|---|', ...rows].join('\n')
}

function cell(coverage: Coverage | undefined): string {
  if (coverage === undefined) return ''
  const { strings, ...outcomes } = coverage
  const parts = Object.entries(outcomes).filter(([, count]) => count > 0)
  return `${strings}: ${parts.map(([name, count]) => `${count} ${name}`).join(', ')}`
}
