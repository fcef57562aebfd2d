import type { Host } from '../protocol/host.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { KeyRecord } from '../protocol/store.ts'
import type { Draft } from '../record/draft.ts'
import { credentialProblem } from './credentials.ts'
import { isPending } from './pending.ts'
import { Refused } from './refusals.ts'
import type { RouteMatch } from './routes.ts'
import type { Runtime } from './runtime.ts'
import type { ReadyApp } from './settings.ts'
import { type Target, targetOf } from './target.ts'

export interface Admitted {
  readonly ready: ReadyApp
  readonly key: KeyRecord
  readonly match: RouteMatch
  readonly query: string
}

const keyForm = /^detect_live_[A-Za-z0-9_-]{32,256}$/
const minuteMs = 60_000

/** Key, AppContext and the key's state, route, rate: in this order, before a byte of the body is read. */
export async function admit(request: Request, runtime: Runtime, draft: Draft): Promise<Admitted | Refused> {
  const found = keyOf(request, runtime)
  const key = isPending(found) ? await found : found
  if (key instanceof Refused) return key
  draft.fields.key = { id: key.id, name: key.name, prefix: key.prefix }
  draft.subject = key.app
  const ready = runtime.apps.get(key.app)
  if (ready === undefined || ready.app.context.status === 'suspended') return new Refused('SLUICE_APP_SUSPENDED')
  draft.names.fingerprint = ready.fingerprint
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

  const pinned = credentialProblem(request.headers, target.query, match, ready, runtime)
  if (pinned !== undefined) return pinned
  const { rateLimit, monthlyQuota } = ready.app.context
  const unlimited = rateLimit === undefined && monthlyQuota === undefined
  const limited = unlimited ? undefined : await rateProblem(ready, runtime)
  return limited ?? { ready, key, match, query: target.query }
}

function keyOf(request: Request, runtime: Runtime): MaybePromise<KeyRecord | Refused> {
  const presented = request.headers.get('x-detection-key')
  if (presented === null || presented === '') return new Refused('SLUICE_KEY_MISSING')
  // A header sent twice arrives as `a, b`, which is no key.
  if (!keyForm.test(presented)) return new Refused('SLUICE_KEY_INVALID')
  const hash = `sha256:${runtime.host.sha256(presented)}`
  const record = runtime.keys.get(hash) ?? runtime.store.keys.find(hash)
  if (!isPending(record)) return validKey(record, hash, runtime.host)
  return record.then((found) => validKey(found, hash, runtime.host))
}

function validKey(record: KeyRecord | undefined, hash: string, host: Host): KeyRecord | Refused {
  if (record === undefined || !host.timingSafeEqual(record.hash, hash)) return new Refused('SLUICE_KEY_INVALID')
  const now = host.now()
  if (record.revokedAt !== undefined || (record.expiresAt !== undefined && record.expiresAt <= now)) {
    return new Refused('SLUICE_KEY_INVALID')
  }
  return record
}

function routeOf(request: Request, ready: ReadyApp, target: Target): RouteMatch | Refused {
  return (
    ready.routes(request.method, target.path, (header) => request.headers.has(header)) ??
    new Refused('SLUICE_ROUTE_UNKNOWN', `This gateway does not support that endpoint. Supported: ${ready.endpoints}.`)
  )
}

async function rateProblem({ app }: ReadyApp, { store, host }: Runtime): Promise<Refused | undefined> {
  const { id, rateLimit, monthlyQuota } = app.context
  const now = host.now()
  if (rateLimit !== undefined) {
    const rate = await store.counters.take(`rate/${id}`, rateLimit, now, (from) => from + minuteMs)
    if (!rate.taken) return new Refused('SLUICE_RATE_LIMITED', undefined, seconds(rate.retryAt - now))
  }
  if (monthlyQuota !== undefined) {
    const quota = await store.counters.take(`quota/${id}`, monthlyQuota, now, nextMonth)
    if (!quota.taken) return new Refused('SLUICE_QUOTA_EXCEEDED', undefined, seconds(quota.retryAt - now))
  }
  return undefined
}

function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}
