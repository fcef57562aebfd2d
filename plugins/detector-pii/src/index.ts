import { type DetectorDefinition, type DetectorInstance, defineDetector } from '@sluice/core'
import { createPatternScan, withViews } from '@sluice/detect'
import { type PiiOptions, piiOptions } from './options.ts'
import { piiRules } from './rules/index.ts'
import { type PiiType, piiTypes } from './types.ts'

export type { PiiOptions } from './options.ts'
export type { PiiType } from './types.ts'

/** Finds personal and financial identifiers by their form and check digits; names and addresses are not looked for. */
const pii: DetectorDefinition<PiiOptions, PiiType> = defineDetector<PiiOptions, PiiType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-pii',
    version: '0.1.0',
    description: 'Finds personal and financial identifiers',
  },
  options: piiOptions,
  create: createPiiDetector,
})

export default pii

function createPiiDetector(options: PiiOptions): DetectorInstance<PiiType> {
  const types = new Set<PiiType>(options.types ?? piiRules.map(({ type }) => type))
  const allowed = new Set(options.allow)
  const rules = piiRules
    .filter(({ type }) => types.has(type))
    .map((rule) => ({
      ...rule,
      accept: (candidate: Parameters<NonNullable<typeof rule.accept>>[0]) =>
        !allowed.has(candidate.value) && (rule.accept?.(candidate) ?? true),
    }))
  return withViews(createPatternScan(rules, piiTypes), viewReach)
}

/** Longer than any identifier, with the words before it that tell what it is. */
const viewReach = 160
