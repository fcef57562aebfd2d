import type { Standing } from '../protocol/exchange.ts'
import type { MaybePromise } from '../protocol/json.ts'
import type { KeyRecord } from '../protocol/store.ts'
import { isPending } from './pending.ts'
import type { Runtime } from './runtime.ts'

/** The record of a key that is good now, by the hash of what was presented. */
export function goodKey(hash: string, runtime: Runtime): MaybePromise<KeyRecord | undefined> {
  const record = runtime.keys.get(hash) ?? runtime.store.keys.find(hash)
  return isPending(record) ? record.then((found) => ifGood(found, hash, runtime)) : ifGood(record, hash, runtime)
}

/** Whether exchanges that were admitted with a key may go on: what would refuse them now ends them. */
export async function standingOf(key: KeyRecord, runtime: Runtime): Promise<Standing> {
  const now = await goodKey(key.hash, runtime)
  if (now?.app !== key.app) return 'SLUICE_KEY_INVALID'
  return isActive(key.app, runtime) ? 'good' : 'SLUICE_APP_SUSPENDED'
}

export function isActive(app: string, { apps }: Runtime): boolean {
  return apps.get(app)?.app.context.status === 'active'
}

function ifGood(record: KeyRecord | undefined, hash: string, { host }: Runtime): KeyRecord | undefined {
  if (record === undefined || !host.timingSafeEqual(record.hash, hash)) return undefined
  const { revokedAt, expiresAt } = record
  return revokedAt !== undefined || (expiresAt !== undefined && expiresAt <= host.now()) ? undefined : record
}
