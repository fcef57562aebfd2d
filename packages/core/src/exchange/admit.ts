import type { MaybePromise } from '../protocol/json.ts'
import type { KeyRecord } from '../protocol/store.ts'
import type { Draft } from '../record/draft.ts'
import { type Handshake, handshakeOf, keyOffered } from '../socket/handshake.ts'
import { credentialProblem } from './credentials.ts'
import { isPending } from './pending.ts'
import { takeFirst } from './quota.ts'
import { Refused } from './refusals.ts'
import type { RouteMatch } from './routes.ts'
import type { Runtime } from './runtime.ts'
import type { Seat } from './seats.ts'
import type { ReadyApp } from './settings.ts'
import { goodKey, isActive } from './standing.ts'
import { type Target, targetOf } from './target.ts'

export interface Admitted {
  readonly ready: ReadyApp
  readonly key: KeyRecord
  readonly match: RouteMatch
  readonly query: string
  /** Its place among those of its key under way. */
  readonly seat: Seat | undefined
  /** Of a request for a WebSocket. */
  readonly handshake?: Handshake
}

const keyForm = /^detect_live_[A-Za-z0-9_-]{32,256}$/

/** Key, AppContext and the key's state, route, rate: in this order, before a byte of the body is read. */
export async function admit(request: Request, runtime: Runtime, draft: Draft): Promise<Admitted | Refused> {
  const found = keyOf(request, runtime)
  const key = isPending(found) ? await found : found
  if (key instanceof Refused) return key
  draft.fields.key = { id: key.id, name: key.name, prefix: key.prefix }
  draft.subject = key.app
  const ready = runtime.apps.get(key.app)
  if (ready === undefined || !isActive(key.app, runtime)) return new Refused('SLUICE_APP_SUSPENDED')
  draft.names.fingerprint = ready.fingerprint
  draft.fields.fingerprintKey = runtime.fingerprintKey
  const state = runtime.store.actors.get(key.app, `key:${key.id}`)
  const keyState = isPending(state) ? await state : state
  if (keyState?.quarantinedAt !== undefined) return new Refused('SLUICE_ACTOR_QUARANTINED')

  const target = targetOf(request)
  if (target === undefined) {
    return new Refused('SLUICE_REQUEST_MALFORMED', 'The request target or its Host header is malformed.')
  }
  const match = routeOf(request, ready, target)
  if (match instanceof Refused) return match
  const { operation, request: requests, response: responses } = match.route
  draft.names.known = [requests.knownNames, responses.knownNames]
  draft.fields.adapter = match.route.adapter.id
  draft.fields.operation = operation.name
  draft.fields.path = operation.path
  draft.opaqueRoute = operation.inspection === 'opaque'
  if (target.path.includes('detect_live_') || target.query.includes('detect_live_'))
    return new Refused('SLUICE_KEY_MISPLACED')

  const handshake = operation.transport === 'websocket' ? handshakeOf(request, operation) : undefined
  if (handshake instanceof Refused) return handshake
  const pinned = credentialProblem(handshake?.credentials ?? request.headers, target.query, match, ready, runtime)
  if (pinned !== undefined) return pinned
  const { rateLimit, monthlyQuota, maxConcurrent } = ready.app.context
  const seat = maxConcurrent === undefined ? undefined : runtime.seats.take(key.id, maxConcurrent)
  // What is refused here takes nothing of the rate, which other keys share.
  if (seat === 'full') return new Refused('SLUICE_TOO_MANY_AT_ONCE', undefined, 1)
  const query = target.query
  const admitted: Admitted = { ready, key, match, query, seat, ...(handshake === undefined ? {} : { handshake }) }
  if (rateLimit === undefined && monthlyQuota === undefined) return admitted
  let limited: Refused | undefined | 'failed' = 'failed'
  try {
    limited = await takeFirst(ready, runtime)
  } finally {
    if (limited !== undefined) seat?.leave()
  }
  return limited ?? admitted
}

function keyOf(request: Request, runtime: Runtime): MaybePromise<KeyRecord | Refused> {
  const header = request.headers.get('x-detection-key')
  const offered = keyOffered(request)
  if (offered !== undefined && header !== null) return new Refused('SLUICE_KEY_MISPLACED')
  const presented = offered ?? header
  if (presented === null || presented === '') return new Refused('SLUICE_KEY_MISSING')
  // A header sent twice arrives as `a, b`, which is no key.
  if (!keyForm.test(presented)) return new Refused('SLUICE_KEY_INVALID')
  const record = goodKey(`sha256:${runtime.host.sha256(presented)}`, runtime)
  if (!isPending(record)) return record ?? new Refused('SLUICE_KEY_INVALID')
  return record.then((found) => found ?? new Refused('SLUICE_KEY_INVALID'))
}

function routeOf(request: Request, ready: ReadyApp, target: Target): RouteMatch | Refused {
  const found = ready.routes(request.method, target.path, (header) => request.headers.has(header))
  if (found !== undefined) return found
  const reason = ready.refusedFor(target.path)
  if (reason !== undefined) {
    return new Refused('SLUICE_ROUTE_REFUSED', `This gateway does not forward that endpoint: ${reason}.`)
  }
  return new Refused(
    'SLUICE_ROUTE_UNKNOWN',
    `This gateway does not support that endpoint. Supported: ${ready.endpoints}.`,
  )
}
