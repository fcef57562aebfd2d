import { delimiterRules, invisibleRules, type RawRule } from './delimiters.ts'
import { extractionRules } from './extraction.ts'
import { indirectRules } from './indirect.ts'
import { jailbreakRules } from './jailbreak.ts'
import { foreignOverrideRules, overrideRules } from './override.ts'
import type { ProseRule } from './prose-rule.ts'

export type { RawRule } from './delimiters.ts'
export type { ProseRule } from './prose-rule.ts'

export const proseRules: readonly ProseRule[] = [
  ...overrideRules,
  ...foreignOverrideRules,
  ...jailbreakRules,
  ...extractionRules,
  ...indirectRules,
]

export const rawRules: readonly RawRule[] = [...delimiterRules, ...invisibleRules]
