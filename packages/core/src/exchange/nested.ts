import type { Within } from '../inspect/segments.ts'
import { quoteName } from '../json/explain.ts'
import { checkFields } from '../json/fields.ts'
import { locateAll } from '../json/locate.ts'
import { valueAt } from '../json/pointer.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { NestedRequest } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import type { Asked } from './judge-request.ts'
import { Refused } from './refusals.ts'
import type { RouteMatch } from './routes.ts'

/** Requests in one body or file. Their ids are kept, to see that each is given once. */
export const maxNested = 250_000

/** A request inside another, and the text of its body. */
export interface Found {
  readonly nested: NestedRequest
  readonly body: JsonBody
}

/** The requests that an adapter says are in a body; undefined in the place of one where no JSON object stands. */
export function findNested(body: JsonBody, nested: readonly NestedRequest[]): readonly (Found | undefined)[] {
  const locations = locateAll(
    body.text,
    nested.map(({ place }) => place.pointer),
  )
  return nested.map((request, index) => {
    const location = locations[index]
    const value = valueAt(body.value, request.place.pointer)
    if (location === undefined || typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return { nested: request, body: { type: 'json', text: body.text.slice(location.start, location.end), value } }
  })
}

/** Where a request would go if it were sent alone, among the operations of the adapter that found it. */
export function routeOfNested({ ready, route }: Exchange, { method, path }: NestedRequest): RouteMatch | undefined {
  // What tells adapters apart is told already.
  return ready.nested.get(route.adapter.id)?.(method, path, () => true)
}

/**
 * What has to be judged of a request inside another: the same as if it had been sent alone. Refused is one of an
 * operation that nobody declares, that is not inspected, or that has requests inside in its turn.
 */
export function askedNested(
  exchange: Exchange,
  { nested, body }: Found,
  within: Within,
): (Asked & { readonly within: Within }) | Refused {
  const match = routeOfNested(exchange, nested)
  if (match === undefined) return unsupported(nested)
  const { route, params } = match
  const { operation } = route
  if (operation.inspection === 'opaque' || operation.request !== 'json' || operation.transport !== 'http') {
    return unsupported(nested)
  }
  const problem = route.fields === undefined ? undefined : checkFields(body.value, route.fields)
  if (problem !== undefined) return new Refused('SLUICE_BODY_MALFORMED', `${sentence(problem)}.`)
  const view = operation.readRequest(body, { method: nested.method, query: [], params: new Map(params) })
  if (view.nested !== undefined && view.nested.length > 0) return unsupported(nested)
  const query = params.map(([, value]) => ['path', value] as const)
  return { route, body, view, query, within }
}

function unsupported({ method, path }: NestedRequest): Refused {
  const endpoint = quoteName(`${method} ${path}`)
  return new Refused('SLUICE_BODY_MALFORMED', `This gateway does not support the endpoint ${endpoint} in a batch.`)
}

function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`
}
