import { hostname, networkInterfaces } from 'node:os'
import { SluiceError } from '@sluice/core'
import type { Environment } from '../config/secrets.ts'

const proxies = ['HTTP_PROXY', 'http_proxy', 'HTTPS_PROXY', 'https_proxy', 'ALL_PROXY', 'all_proxy'] as const

/**
 * Refuses an environment that undoes what the gateway is for.
 * @throws SluiceError SLUICE_ENVIRONMENT_UNSAFE
 */
export function refuseUnsafe(environment: Environment): void {
  if (environment['NODE_TLS_REJECT_UNAUTHORIZED'] === '0') {
    throw new SluiceError(
      'SLUICE_ENVIRONMENT_UNSAFE',
      'NODE_TLS_REJECT_UNAUTHORIZED=0 lets anybody pass for the provider: unset it, and name a certificate authority of your own with NODE_EXTRA_CA_CERTS',
    )
  }
}

/**
 * Takes the proxies out of the environment: where prompts and provider keys go is said in the configuration, not around
 * it. Must run before the first `fetch`, at which Deno reads them. Answers the names that were set.
 */
export function dropProxies(environment: Record<string, string | undefined>): string[] {
  const dropped = proxies.filter((name) => environment[name] !== undefined && environment[name] !== '')
  for (const name of proxies) delete environment[name]
  return dropped
}

/**
 * An adapter whose base URL is this gateway would send every request round and round.
 * @throws SluiceError SLUICE_ENVIRONMENT_UNSAFE
 */
export function refuseLoop(
  origins: readonly string[],
  listening: { readonly host: string; readonly port: number },
): void {
  const own = ownNames(listening.host)
  for (const origin of origins) {
    const { hostname: name, port, protocol } = new URL(origin)
    const at = port === '' ? (protocol === 'https:' ? 443 : 80) : Number(port)
    if (at !== listening.port || !(own.has(name) || /^127\./.test(name))) continue
    throw new SluiceError(
      'SLUICE_ENVIRONMENT_UNSAFE',
      `the base URL ${origin} is this gateway's own address: set it to the provider's (is OPENAI_BASE_URL set for your clients here?)`,
    )
  }
}

function ownNames(host: string): ReadonlySet<string> {
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address))
  const names = ['localhost', '0.0.0.0', '::', '::1', hostname().toLowerCase(), host.toLowerCase(), ...addresses]
  return new Set(names.map((name) => (name.includes(':') ? `[${name}]` : name)))
}
