import type { Asked } from './judge-request.ts'
import { Refused } from './refusals.ts'
import type { ReadyApp } from './settings.ts'

/** The model is named in JSON, in a form field or in the query: wherever it is, it must be allowed. */
export function modelProblem({ allowedModels }: ReadyApp, { view, query, route }: Asked): Refused | undefined {
  if (allowedModels === undefined) return undefined
  const named = view.models.map(({ value }) => value)
  for (const [name, value] of query) if (name.toLowerCase() === 'model') named.push(value)
  if (named.length === 0 && route.operation.model === 'required') return new Refused('SLUICE_MODEL_NOT_ALLOWED')
  return named.every((model) => allowedModels.has(model)) ? undefined : new Refused('SLUICE_MODEL_NOT_ALLOWED')
}
