import { standsIn } from '../inspect/segments.ts'
import type { Located, Place } from '../protocol/place.ts'
import type { Asked } from './judge-request.ts'
import { Refused } from './refusals.ts'
import type { ReadyApp } from './settings.ts'

/** The model is named in JSON, in a form field or in the query: wherever it is, it must be allowed. */
export function modelProblem(
  { allowedModels }: ReadyApp,
  { view, query, route, apart = [] }: Asked,
): Refused | undefined {
  if (allowedModels === undefined) return undefined
  // A model inside a request inside is judged with that, and the refusal says which it is.
  const own = apart.length === 0 ? view.models : view.models.filter(outside(apart))
  const named = own.map(({ value }) => value)
  for (const [name, value] of query) if (name.toLowerCase() === 'model') named.push(value)
  const isMissing = named.length === 0 && view.models.length === 0 && route.operation.model === 'required'
  return !isMissing && named.every((model) => allowedModels.has(model))
    ? undefined
    : new Refused('SLUICE_MODEL_NOT_ALLOWED')
}

function outside(apart: readonly Place[]): (model: Located<string>) => boolean {
  const isApart = standsIn(apart)
  return ({ place }) => !isApart(place)
}
