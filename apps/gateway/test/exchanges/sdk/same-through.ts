import { expect } from 'bun:test'
import type { Upstream } from '@sluice/testing'
import type { Provider } from '../../harness/aimock.ts'

/**
 * Makes a call without the gateway and with it: the provider must get the same method, path and body, to the byte, and
 * the application must see the same. Answers what it saw.
 */
export async function sameThrough<Client, Seen>(
  provider: Provider | Upstream,
  clients: { readonly direct: Client; readonly through: Client },
  call: (client: Client) => Promise<Seen>,
): Promise<Seen> {
  const before = provider.requests.length
  const expected = await call(clients.direct)
  const between = provider.requests.length
  const seen = await call(clients.through)
  const asked = sent(provider)
  expect(asked.slice(between)).toEqual(asked.slice(before, between))
  expect(between).toBeGreaterThan(before)
  expect(seen).toEqual(expected)
  return seen
}

function sent(provider: Provider | Upstream): readonly (readonly [string, string, string])[] {
  return 'mock' in provider
    ? provider.requests.map(({ method, path, body }) => [method, path, Buffer.from(body()).toString('utf8')])
    : provider.requests.map(({ method, target, text }) => [method, target, text()])
}
