import type { Json, Operation, OperationSamples } from '@sluice/core'
import { asArray, asObject } from '../json/read.ts'

/**
 * Adds the samples made from the provider's OpenAPI document (`bun run generate:census`). They are read when they are
 * asked for: to serve a request, nobody does.
 */
export function withSamples(operation: Operation): Operation {
  const path = operation.path.replaceAll(/\{[^}]*\}/g, '{}')
  return { ...operation, samples: () => samplesFor(`${operation.methods[0]} ${path}`) }
}

/** Undefined where the document describes no body of the operation. */
async function samplesFor(key: string): Promise<OperationSamples | undefined> {
  const { default: file } = await import('./openai.gen.json', { with: { type: 'json' } })
  // TypeScript infers what stands in the file; this is how it is to be read.
  const { shared, operations } = file as { shared: readonly Json[]; operations: Readonly<Record<string, Json>> }
  const known = new Map<number, Json>()
  /** `{ "#": 7 }` stands for the value written once at 7. */
  const written = (value: Json): Json => {
    if (typeof value !== 'object' || value === null) return value
    if (Array.isArray(value)) return value.map(written)
    const object = asObject(value) ?? {}
    const index = object['#']
    if (typeof index !== 'number') {
      return Object.fromEntries(Object.entries(object).map(([name, member]) => [name, written(member)]))
    }
    const expanded = known.get(index) ?? written(shared[index] ?? null)
    known.set(index, expanded)
    return expanded
  }
  const operation = asObject(written(operations[key] ?? null)) ?? {}
  const of = (side: string): readonly Json[] => asArray(operation[side]) ?? []
  const samples = { request: of('request'), response: of('response'), events: of('events') }
  return Object.values(samples).some(({ length }) => length > 0) ? samples : undefined
}
