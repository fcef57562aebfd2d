import { type AdapterDefinition, checkBaseUrl, defineAdapter } from '@sluice/core'
import { azureOperations, azureRefused } from './azure/azure-operations.ts'
import { checkAzureUrl } from './azure/azure-url.ts'
import { operations } from './operations/all.ts'
import { type OpenAIOptions, options } from './options.ts'
import { REALTIME_REFUSED } from './realtime/refused-paths.ts'

export type { OpenAIOptions } from './options.ts'

/** Each of these is a key: Azure takes any of them, and so may what stands behind a `/v1`. */
const KEY_HEADERS: readonly string[] = ['authorization', 'api-key', 'ocp-apim-subscription-key', 'subscription-key']

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
    const isAzure = given.api === 'azure'
    if (isAzure) checkAzureUrl(base, ctx.instance)
    const replaced = isAzure ? '/openai' : '/v1'
    return {
      operations: isAzure ? azureOperations(operations) : operations,
      refused: isAzure ? azureRefused(REALTIME_REFUSED) : REALTIME_REFUSED,
      origins: [base.origin],
      credentialHeaders: [...KEY_HEADERS, 'openai-organization', 'openai-project'],
      keyHeaders: KEY_HEADERS,
      upstream: ({ path, query }) => ({ url: `${prefix}${path.slice(replaced.length)}${query}`, set: {}, remove: [] }),
    }
  },
})

export default adapter
