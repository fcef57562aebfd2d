import { type AdapterDefinition, checkBaseUrl, defineAdapter } from '@sluice/core'
import { operations } from './operations/all.ts'
import { type AnthropicOptions, options } from './options.ts'

export type { AnthropicOptions } from './options.ts'

const adapter: AdapterDefinition<AnthropicOptions> = defineAdapter<AnthropicOptions>({
  kind: 'adapter',
  spec: 'v1',
  meta: {
    name: '@sluice/adapter-anthropic',
    version: '0.1.0',
    description: 'Where things are in the bodies and streams of the Anthropic API.',
  },
  options,
  create(given, ctx) {
    const base = checkBaseUrl(given, ctx.instance)
    const prefix = `${base.origin}${base.pathname.replace(/\/+$/, '')}`
    return {
      operations,
      origins: [base.origin],
      credentialHeaders: ['x-api-key', 'authorization'],
      keyHeaders: ['x-api-key', 'authorization'],
      upstream: ({ path, query }) => ({ url: `${prefix}${path.slice('/v1'.length)}${query}`, set: {}, remove: [] }),
    }
  },
})

export default adapter
