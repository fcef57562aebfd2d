import { expect } from 'bun:test'
import { createAnthropic } from '@ai-sdk/anthropic'
import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk'
import type { Upstream } from '@sluice/testing'
import type { Provider } from '../../harness/aimock.ts'
import type { TestSluice } from '../../harness/sluice.ts'

export const ANTHROPIC = '@sluice/adapter-anthropic'

/** The official client as an application has it: base URL, key and one header, and nothing else is ours. */
export function anthropicOf(sluice: TestSluice, app?: string, options: ClientOptions = {}): Anthropic {
  return new Anthropic({
    baseURL: sluice.url,
    apiKey: 'sk-ant-test',
    defaultHeaders: { 'X-Detection-Key': sluice.key(app) },
    maxRetries: 0,
    ...options,
  })
}

/** The provider of `ai` as an application has it. */
export function aiAnthropic(sluice: TestSluice, app?: string): ReturnType<typeof createAnthropic> {
  return createAnthropic({
    baseURL: `${sluice.url}/v1`,
    apiKey: 'sk-ant-test',
    headers: { 'X-Detection-Key': sluice.key(app) },
  })
}

/**
 * Makes a call without the gateway and with it: the provider must get the same method, path and body, to the byte, and
 * the application must see the same. Answers what it saw.
 */
export async function sameAsDirect<Seen>(
  provider: Provider | Upstream,
  sluice: TestSluice,
  call: (client: Anthropic) => Promise<Seen>,
): Promise<Seen> {
  const direct = new Anthropic({ baseURL: provider.url, apiKey: 'sk-ant-test', maxRetries: 0 })
  const before = provider.requests.length
  const expected = await call(direct)
  const between = provider.requests.length
  const seen = await call(anthropicOf(sluice))
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
