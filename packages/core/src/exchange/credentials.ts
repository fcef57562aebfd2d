import { Refused } from './refusals.ts'
import type { RouteMatch } from './routes.ts'
import type { Runtime } from './runtime.ts'
import type { ReadyApp } from './settings.ts'

/**
 * An injected agent cannot smuggle data out under a stranger's provider key where an AppContext pins its own: each pinned
 * header has a pinned value, one of those that are keys is there, and no other key comes beside it.
 */
export function credentialProblem(
  headers: Headers,
  query: string,
  match: RouteMatch,
  ready: ReadyApp,
  { host, hmacKey }: Runtime,
): Refused | undefined {
  const { credentials } = ready.app.context
  if (credentials === undefined) return undefined
  const { keyHeaders = [], credentialHeaders } = match.route.adapter.instance
  const isAnothers = (name: string): boolean =>
    !credentialHeaders.includes(name) &&
    ready.app.adapters.some(({ instance }) => instance.credentialHeaders.includes(name))
  let keys = 0
  for (const [name, allowed] of Object.entries(credentials)) {
    // To this provider it says nothing.
    if (isAnothers(name)) continue
    const isKey = keyHeaders.includes(name)
    const value = headers.get(name) ?? ''
    if (value === '') {
      if (isKey) continue
      return new Refused('SLUICE_CREDENTIAL_NOT_ALLOWED')
    }
    const hash = host.hmac(hmacKey, `credential:${value}`)
    if (!allowed.some((one) => host.timingSafeEqual(one, `hmac:${hash}`))) {
      return new Refused('SLUICE_CREDENTIAL_NOT_ALLOWED')
    }
    if (isKey) keys++
  }
  if (!keyHeaders.some((name) => Object.hasOwn(credentials, name))) return undefined
  const isForeign =
    keyHeaders.some((name) => (headers.get(name) ?? '') !== '' && !Object.hasOwn(credentials, name)) ||
    [...new URLSearchParams(query).keys()].some((name) => keyHeaders.includes(name.toLowerCase()))
  return keys === 0 || isForeign ? new Refused('SLUICE_CREDENTIAL_NOT_ALLOWED') : undefined
}
