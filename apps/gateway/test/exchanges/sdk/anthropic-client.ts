import { createAnthropic } from '@ai-sdk/anthropic'
import Anthropic, { type ClientOptions } from '@anthropic-ai/sdk'
import type { Upstream } from '@sluice/testing'
import type { Provider } from '../../harness/aimock.ts'
import type { TestSluice } from '../../harness/sluice.ts'
import { sameThrough } from './same-through.ts'

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

/** `sameThrough`, with the official client. */
export function sameAsDirect<Seen>(
  provider: Provider | Upstream,
  sluice: TestSluice,
  call: (client: Anthropic) => Promise<Seen>,
): Promise<Seen> {
  const direct = new Anthropic({ baseURL: provider.url, apiKey: 'sk-ant-test', maxRetries: 0 })
  return sameThrough(provider, { direct, through: anthropicOf(sluice) }, call)
}
