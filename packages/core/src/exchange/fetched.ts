import type { AppContext } from '../protocol/app-context.ts'
import type { Place } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { isPublicUrl } from '../url/public-url.ts'
import { Refused } from './refusals.ts'

/**
 * What the provider would fetch for this request from a host that is not public: its own network, or its metadata
 * service, made to answer a caller who cannot reach it. `gone` leaves the request before it is sent.
 */
export function fetchedProblem(view: BodyView, context: AppContext, gone: readonly Place[]): Refused | undefined {
  if (view.fetched === undefined || context.privateUrls === 'forward') return undefined
  const wrong = view.fetched.find(
    ({ value, place }) => !gone.some((other) => holds(other, place)) && !isPublicUrl(value),
  )
  if (wrong === undefined) return undefined
  const text = `The URL at ${wrong.place.pointer} is no plain http or https URL of a public host.`
  return new Refused('SLUICE_URL_NOT_PUBLIC', text)
}

function holds(outer: Place, inner: Place): boolean {
  if (outer.part !== inner.part || outer.line !== inner.line) return false
  return inner.pointer === outer.pointer || inner.pointer.startsWith(`${outer.pointer}/`)
}
