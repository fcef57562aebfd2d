import { type DetectorDefinition, type DetectorInstance, defineDetector, type SegmentKind, Type } from '@sluice/core'

const types = {
  IP_WORD: {
    message: 'A word was found.',
    severity: 'HIGH',
    riskDomain: 'DATA_PROTECTION',
    riskCategory: 'WORDS',
    dataClassification: 'IP',
  },
} as const

const answers: readonly SegmentKind[] = ['assistant', 'reasoning', 'refusal', 'tool-arguments', 'transcript', 'error']
const others: readonly SegmentKind[] = [
  'instruction',
  'user',
  'tool-definition',
  'tool-name',
  'tool-result',
  'embedding-input',
  'moderation-input',
  'other',
]

const instances: Readonly<Record<string, DetectorInstance>> = {
  'leaves out everything': { mode: 'inspect', types, excludes: [...answers, ...others], inspect: () => [] },
  'leaves out what models say': { mode: 'inspect', types, excludes: [...answers, 'other'], inspect: () => [] },
  throws: {
    mode: 'inspect',
    types,
    inspect() {
      throw new Error('no')
    },
  },
  hangs: { mode: 'inspect', types, inspect: () => new Promise(() => undefined) },
  'finds too much': {
    mode: 'inspect',
    types,
    inspect: ({ text }) => Array.from(text, (_, start) => ({ type: 'IP_WORD', confidence: 1, start, end: start + 1 })),
  },
}

/** Detectors that read a part of what they are given, or nothing. */
const partial: DetectorDefinition<{ how: string }> = defineDetector<{ how: string }>({
  kind: 'detector',
  spec: 'v1',
  meta: { name: 'partial', version: '1.0.0', description: 'Reads a part' },
  options: Type.Object({ how: Type.String() }, { additionalProperties: false }),
  create({ how }) {
    const instance = instances[how]
    if (instance === undefined) throw new Error(`there is none that ${how}`)
    return instance
  },
})

export default partial
