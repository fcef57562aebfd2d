import type { BodyView } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import { Refused, refusals } from './refusals.ts'
import type { Runtime } from './runtime.ts'
import type { ReadyApp } from './settings.ts'

const minuteMs = 60_000

/** Before the body is read: every request counts for one at least. */
export function takeFirst(ready: ReadyApp, runtime: Runtime): Promise<Refused | undefined> {
  return take(ready, runtime, 1, 0)
}

/**
 * Now that the body is read: what it asks for beyond one answer (`n`, several inputs, lines of a batch) counts too. All of
 * it is taken at once or the request is refused; what was taken before stays taken.
 */
export function takeRest({ ready, runtime }: Exchange, view: BodyView): Promise<Refused | undefined> | undefined {
  const { rateLimit, monthlyQuota } = ready.app.context
  const weight = weightOf(view)
  if (weight === 1 || (rateLimit === undefined && monthlyQuota === undefined)) return undefined
  return take(ready, runtime, weight - 1, 1)
}

/** Now that what is inside is read: what its requests ask for beyond one answer each. They were counted, not yet weighed. */
export function takeInside(
  { ready, runtime, weightInside }: Exchange,
  view: BodyView,
): Promise<Refused | undefined> | undefined {
  const { rateLimit, monthlyQuota } = ready.app.context
  if (weightInside === 0 || (rateLimit === undefined && monthlyQuota === undefined)) return undefined
  return take(ready, runtime, weightInside, weightOf(view))
}

/** For how many requests one counts. */
export function weightOf({ weight, nested }: BodyView): number {
  const said = weight ?? nested?.length ?? 1
  // Whatever a body makes an adapter say: no number of requests is less than one, or more than can be counted.
  return said >= 1 ? Math.min(Math.ceil(said), Number.MAX_SAFE_INTEGER) : 1
}

/** `before`: how many this request has taken already. */
async function take(
  { app }: ReadyApp,
  { store, host }: Runtime,
  amount: number,
  before: number,
): Promise<Refused | undefined> {
  const { id, rateLimit, monthlyQuota } = app.context
  const now = host.now()
  const limits = [
    { code: 'SLUICE_RATE_LIMITED', name: `rate/${id}`, limit: rateLimit, endsAt: (from: number) => from + minuteMs },
    { code: 'SLUICE_QUOTA_EXCEEDED', name: `quota/${id}`, limit: monthlyQuota, endsAt: nextMonth },
  ] as const
  for (const { code, name, limit, endsAt } of limits) {
    if (limit === undefined) continue
    const { taken, remaining, retryAt } = await store.counters.take(name, limit, now, endsAt, amount)
    if (taken) continue
    const weight = amount + before
    if (weight === 1) return new Refused(code, undefined, seconds(retryAt - now))
    // Without a time to come again: there is none at which it would pass.
    if (weight > limit) return new Refused(code, heavy(code, weight, `the limit is ${limit}`))
    return new Refused(code, heavy(code, weight, `${remaining + before} are left`), seconds(retryAt - now))
  }
  return undefined
}

function heavy(code: 'SLUICE_RATE_LIMITED' | 'SLUICE_QUOTA_EXCEEDED', weight: number, why: string): string {
  return `${refusals[code].text.slice(0, -1)}: this request counts as ${weight}, and ${why}.`
}

function nextMonth(now: number): number {
  const date = new Date(now)
  return Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1)
}

function seconds(ms: number): number {
  return Math.max(1, Math.ceil(ms / 1000))
}
