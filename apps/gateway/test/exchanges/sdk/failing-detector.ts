import { Type } from '@sinclair/typebox'
import { defineDetector } from '@sluice/core'

/** A detector that cannot do its work where the text says so. */
export default defineDetector({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'failing', version: '1.0.0', description: 'Throws at the words "fail now"' },
  options: Type.Object({}, { additionalProperties: false }),
  create: () => ({
    mode: 'inspect',
    types: {
      IP_NOTHING: {
        message: 'Never found.',
        severity: 'LOW',
        riskDomain: 'DATA_PROTECTION',
        riskCategory: 'NOTHING',
        dataClassification: 'IP',
      },
    },
    inspect({ text }) {
      if (text.includes('fail now')) throw new Error(`out of order: ${text}`)
      return []
    },
  }),
})
