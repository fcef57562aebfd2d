import { type DetectorDefinition, defineDetector, type OptionsSchema, Type } from '@sluice/core'

export interface CodenamesOptions {
  readonly names: readonly string[]
}

const options: OptionsSchema<CodenamesOptions> = Type.Object(
  {
    // Letters alone: nothing in a name can mean something else in a regular expression.
    names: Type.Array(Type.String({ pattern: '^[A-Za-z]{4,40}$' }), {
      minItems: 1,
      description: 'Code names. They are also found with a space, a dash or an underscore inside.',
    }),
  },
  { additionalProperties: false },
)

const detector: DetectorDefinition<CodenamesOptions, 'IP_CODENAME'> = defineDetector({
  kind: 'detector',
  spec: 'v1',
  meta: { name: '@acme/sluice-detector-codenames', version: '1.0.0', description: 'Finds code names' },
  options,
  create({ names }) {
    const spellings = names.map((name) => [...name].join('[ _-]?')).join('|')
    const pattern = new RegExp(`(?<![\\p{L}\\p{N}])(?:${spellings})(?![\\p{L}\\p{N}])`, 'giu')
    const asWritten = new Set(names)
    return {
      mode: 'inspect',
      types: {
        IP_CODENAME: {
          message: 'The code name of an unannounced product.',
          severity: 'HIGH',
          riskDomain: 'DATA_PROTECTION',
          riskCategory: 'TRADE_SECRET',
          dataClassification: 'IP',
        },
      },
      inspect({ text }) {
        return [...text.matchAll(pattern)].map(({ 0: match, index }) => ({
          type: 'IP_CODENAME',
          confidence: asWritten.has(match) ? 1 : 0.8,
          start: index,
          end: index + match.length,
        }))
      },
    }
  },
})

export default detector
