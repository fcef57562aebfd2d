import { type AdapterDefinition, defineAdapter } from '@sluice/core'
import { checkBaseUrl } from './base-url.ts'
import { operations } from './operations/all.ts'
import { type OpenAIOptions, options } from './options.ts'
import { REALTIME_REFUSED } from './realtime/refused-paths.ts'

export type { OpenAIOptions } from './options.ts'

const adapter: AdapterDefinition<OpenAIOptions> = defineAdapter<OpenAIOptions>({
  kind: 'adapter',
  spec: 'v1',
  meta: {
    name: '@sluice/adapter-openai',
    version: '0.1.0',
    description: 'Where things are in the bodies and streams of the OpenAI API.',
  },
  options,
  create(given, ctx) {
    const base = checkBaseUrl(given, ctx.instance)
    const prefix = `${base.origin}${base.pathname.replace(/\/+$/, '')}`
    return {
      operations,
      refused: REALTIME_REFUSED,
      origins: [base.origin],
      credentialHeaders: ['authorization', 'openai-organization', 'openai-project'],
      upstream: ({ path, query }) => ({ url: `${prefix}${path.slice('/v1'.length)}${query}`, set: {}, remove: [] }),
    }
  },
})

export default adapter
