import type { HostResponse } from '../protocol/host.ts'
import type { Exchange } from './exchange.ts'
import { type ForwardOptions, requestHeaders } from './headers.ts'
import type { Passed } from './ingress.ts'
import type { ReadRequest } from './read-body.ts'
import { Refused } from './refusals.ts'

export interface Addressed {
  readonly origin: string
  readonly url: string
  readonly headers: Headers
}

/** Where the call goes, and with which headers. `body`: where all of it is in memory. */
export async function addressed(
  exchange: Exchange,
  options: ForwardOptions,
  body: Uint8Array | undefined,
): Promise<Addressed | Refused> {
  const { request, route, runtime, draft, life } = exchange
  const headers = requestHeaders(request.headers, options)
  if (headers instanceof Refused) return headers
  const adapter = route.adapter.instance
  for (const name of othersCredentials(exchange)) headers.delete(name)
  const call = { operation: route.operation, path: exchange.path, query: exchange.queryText, body, headers }
  const upstream = await runtime.upstream.address(adapter.upstream(call, exchange.context), life)
  if (upstream instanceof Refused) return upstream
  // A plugin's answer is not believed: it may send only where it said at its creation that it would.
  const origin = adapter.origins.find((known) => upstream.url.startsWith(`${known}/`))
  if (origin === undefined) {
    draft.faults.push({ plugin: route.adapter.id, hook: 'upstream', code: 'SLUICE_PLUGIN_FAILED' })
    return new Refused('SLUICE_INTERNAL')
  }
  for (const name of upstream.remove) headers.delete(name)
  for (const [name, value] of Object.entries(upstream.set)) headers.set(name, value)
  return { origin, url: upstream.url, headers }
}

/** Headers that are keys to the providers of the AppContext's other adapters: they are nothing to this one. */
function othersCredentials({ ready, route }: Exchange): readonly string[] {
  const { credentialHeaders } = route.adapter.instance
  return ready.app.adapters
    .flatMap(({ instance }) => instance.credentialHeaders)
    .filter((name) => !credentialHeaders.includes(name))
}

/** Sends what passed upstream and answers with the provider's response, once its headers are there. */
export async function forward(
  exchange: Exchange,
  read: Pick<ReadRequest, 'decoded'>,
  passed: Passed,
): Promise<HostResponse | Refused> {
  const { request, route, runtime, draft, life } = exchange
  const options = {
    decoded: read.decoded,
    inspected: route.operation.inspection === 'inspected',
    stream: draft.stream || route.operation.file?.of === 'response',
  }
  const { bytes } = passed
  const to = await addressed(exchange, options, bytes instanceof Uint8Array ? bytes : undefined)
  if (to instanceof Refused) return to
  const { origin, url, headers } = to
  const body = request.method === 'GET' || request.method === 'HEAD' ? undefined : bytes
  const response = await runtime.upstream.call(origin, url, { method: request.method, headers, body }, life)
  draft.stage('upstream')
  if (response instanceof Refused) return response
  life.begin(runtime.maxStreamMs)
  draft.fields.upstream = { status: response.status }
  const problem = statusProblem(response.status)
  if (problem !== undefined) await response.body?.cancel().catch(() => undefined)
  return problem ?? response
}

/** Why an answer of this status is not given on. */
function statusProblem(status: number): Refused | undefined {
  // A redirect would carry the request, keys and all, to where nobody configured it.
  if (status >= 300 && status < 400 && status !== 304) {
    return new Refused('SLUICE_UPSTREAM_REFUSED', 'The provider answered with a redirect.')
  }
  // A part would hide the rest; another status no client could be given, nor could it be written.
  return status === 206 || status < 200 || status > 599 ? new Refused('SLUICE_UPSTREAM_REFUSED') : undefined
}
