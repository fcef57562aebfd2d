import { Type } from '@sinclair/typebox'
import { defineDetector } from '@sluice/core'

/** A detector that asks a service of its own about every text with the word "guarded" in it. */
export default defineDetector({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'guard', version: '1.0.0', description: 'Asks a service about texts' },
  options: Type.Object({ url: Type.String() }, { additionalProperties: false }),
  create: ({ url }) => ({
    mode: 'inspect',
    types: {
      IP_GUARDED: {
        message: 'The service found something.',
        severity: 'LOW',
        riskDomain: 'DATA_PROTECTION',
        riskCategory: 'GUARDED',
        dataClassification: 'IP',
      },
    },
    async inspect({ text }, { signal }) {
      if (text.includes('guarded')) await (await fetch(url, { signal })).text()
      return []
    },
  }),
})
