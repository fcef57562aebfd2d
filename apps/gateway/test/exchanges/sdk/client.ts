import { expect } from 'bun:test'
import type { Upstream } from '@sluice/testing'
import OpenAI, { type ClientOptions } from 'openai'
import type { Provider } from '../../harness/aimock.ts'
import type { TestSluice } from '../../harness/sluice.ts'

/** The official client as an application has it: base URL, key and one header, and nothing else is ours. */
export function clientOf(sluice: TestSluice, app?: string, options: ClientOptions = {}): OpenAI {
  return new OpenAI({
    baseURL: `${sluice.url}/v1`,
    apiKey: 'sk-test',
    defaultHeaders: { 'X-Detection-Key': sluice.key(app) },
    maxRetries: 0,
    ...options,
  })
}

/**
 * Makes a call without the gateway and with it: the provider must get the same method, path and body, to the byte, and
 * the application must see the same. Answers what it saw.
 */
export async function sameAsDirect<Seen>(
  provider: Provider | Upstream,
  sluice: TestSluice,
  call: (client: OpenAI) => Promise<Seen>,
): Promise<Seen> {
  const direct = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'sk-test', maxRetries: 0 })
  const before = provider.requests.length
  const expected = await call(direct)
  const between = provider.requests.length
  const seen = await call(clientOf(sluice))
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

export async function all<Item>(stream: AsyncIterable<Item>): Promise<Item[]> {
  const items: Item[] = []
  for await (const item of stream) items.push(item)
  return items
}

/** What a call throws. (`expect(call).rejects` takes the client's own kind of promise for a settled one.) */
export async function failure(call: PromiseLike<unknown>): Promise<unknown> {
  try {
    await call
  } catch (error) {
    return error
  }
  throw new Error('the call did not fail')
}
