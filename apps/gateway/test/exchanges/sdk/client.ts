import type { Upstream } from '@sluice/testing'
import OpenAI, { type ClientOptions } from 'openai'
import type { Provider } from '../../harness/aimock.ts'
import type { TestSluice } from '../../harness/sluice.ts'
import { sameThrough } from './same-through.ts'

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

/** `sameThrough`, with the official client. */
export function sameAsDirect<Seen>(
  provider: Provider | Upstream,
  sluice: TestSluice,
  call: (client: OpenAI) => Promise<Seen>,
): Promise<Seen> {
  const direct = new OpenAI({ baseURL: `${provider.url}/v1`, apiKey: 'sk-test', maxRetries: 0 })
  return sameThrough(provider, { direct, through: clientOf(sluice) }, call)
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
