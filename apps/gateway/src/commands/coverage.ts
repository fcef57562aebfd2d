import { type CensusSide, type Coverage, coverageOf, type Operation, takeCensus } from '@sluice/core'
import type { CreatedPlugin } from '../plugins/create.ts'

interface Covered {
  /** Nothing where the adapter has no samples of the operation. */
  readonly coverage?: Readonly<Partial<Record<CensusSide, Coverage>>>
}

/** Adds to each operation how much it inspects of what its provider describes. */
export async function withCoverage<Row extends { readonly adapter: string; readonly operation: string }>(
  rows: readonly Row[],
  plugins: readonly CreatedPlugin[],
): Promise<readonly (Row & Covered)[]> {
  const operations = new Map<string, Operation>()
  for (const created of plugins) {
    if (created.kind !== 'adapter' || created.plugin.app !== undefined) continue
    for (const operation of created.instance.operations) {
      operations.set(`${created.plugin.id} ${operation.name}`, operation)
    }
  }
  const covered: (Row & Covered)[] = []
  for (const row of rows) covered.push({ ...row, ...(await covers(operations.get(`${row.adapter} ${row.operation}`))) })
  return covered
}

async function covers(operation: Operation | undefined): Promise<Covered> {
  const samples = operation?.inspection === 'inspected' ? await operation.samples?.() : undefined
  return operation === undefined || samples === undefined
    ? {}
    : { coverage: coverageOf(takeCensus(operation, samples)) }
}
