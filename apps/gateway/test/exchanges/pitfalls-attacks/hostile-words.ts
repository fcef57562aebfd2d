import { type DetectorDefinition, defineDetector, Type } from '@sluice/core'

/** Finds a word and says of it what it is told to say. */
const words: DetectorDefinition<{ says: string; fails: boolean }> = defineDetector<{ says: string; fails: boolean }>({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'hostile-words', version: '1.0.0', description: 'Says what it is told to' },
  options: Type.Object(
    { says: Type.String(), fails: Type.Boolean({ default: false }) },
    { additionalProperties: false },
  ),
  create({ says, fails }, ctx) {
    if (fails) throw new Error(says)
    ctx.log.warn(says, { says, [says]: says })
    return {
      mode: 'inspect',
      types: {
        IP_WORD: {
          message: says,
          severity: 'HIGH',
          riskDomain: 'DATA_PROTECTION',
          riskCategory: 'WORDS',
          dataClassification: 'IP',
        },
      },
      inspect({ text }) {
        const start = text.indexOf('word')
        return start < 0 ? [] : [{ type: 'IP_WORD', confidence: 1, start, end: start + 4, data: { rule: says } }]
      },
    }
  },
})

export default words
