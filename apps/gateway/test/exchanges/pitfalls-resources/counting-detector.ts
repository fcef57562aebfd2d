import { Type } from '@sinclair/typebox'
import { defineDetector } from '@sluice/core'

/** A detector that reports how many characters of an exchange it has been given by then. */
export default defineDetector({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'counting', version: '1.0.0', description: 'Counts what it is given' },
  options: Type.Object({}, { additionalProperties: false }),
  create: () => {
    let exchange = ''
    let given = 0
    return {
      mode: 'inspect',
      types: {
        IP_COUNTED: {
          message: 'A text.',
          severity: 'LOW',
          riskDomain: 'DATA_PROTECTION',
          riskCategory: 'COUNTED',
          dataClassification: 'IP',
        },
      },
      inspect({ text, direction }, ctx) {
        if (direction === 'ingress' || text === '') return []
        given = (ctx.exchange === exchange ? given : 0) + text.length
        exchange = ctx.exchange
        return [{ type: 'IP_COUNTED', confidence: 1, start: 0, end: 1, data: { given } }]
      },
    }
  },
})
