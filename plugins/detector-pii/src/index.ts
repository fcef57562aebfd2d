import { type DetectorDefinition, type DetectorInstance, defineDetector } from '@sluice/core'
import { createPatternScan, type Gate, type PatternRule, type Verdict, withViews } from '@sluice/detect'
import { withEvidence } from './evidence.ts'
import { numberGate } from './gates/number-gate.ts'
import { withPlainValues } from './gates/plain-values.ts'
import type { PiiRule } from './identifier.ts'
import { type PiiOptions, piiOptions } from './options.ts'
import { isTestCard } from './rules/card.ts'
import { piiRules } from './rules/index.ts'
import { offByDefault, type PiiType, piiTypes } from './types.ts'

export type { PiiOptions } from './options.ts'
export type { PiiType } from './types.ts'

/** Finds personal, financial and health identifiers by their form, their check digits and the words around them. */
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
  const rules = rulesFor(options)
  return withViews(withEvidence(createPatternScan(byShape(rules), piiTypes), rules), viewReach)
}

function rulesFor(options: PiiOptions): readonly PiiRule[] {
  const types = options.types === undefined ? undefined : new Set<PiiType>(options.types)
  const regions = options.regions === undefined ? undefined : new Set(options.regions)
  const passes = passesBy(options)
  return piiRules
    .filter(({ type, region }) => {
      if (types === undefined ? offByDefault.has(type) : !types.has(type)) return false
      return region === undefined || regions === undefined || regions.has(region)
    })
    .map((rule) => ({
      ...rule,
      accept: (candidate): Verdict => {
        const verdict = rule.accept?.(candidate) ?? true
        if (verdict === false) return false
        const units = verdict === true ? undefined : verdict.units
        return passes(rule.type, candidate.value.slice(0, units)) ? false : verdict
      },
    }))
}

/** Which values are not reported whatever they are. */
function passesBy({ allow, testCards }: PiiOptions): (type: PiiType, value: string) => boolean {
  const allowed = new Set(allow)
  return (type, value) =>
    allowed.has(value) || (testCards === 'ignore' && type === 'FINANCIAL_CARD_NUMBER' && isTestCard(value))
}

/** A rule of several shapes hangs on its gate once for each. */
function byShape(rules: readonly PiiRule[]): readonly PatternRule<PiiType>[] {
  const telling = new RegExp(
    rules.flatMap(({ words }) => (words === undefined ? [] : [words.source])).join('|') || '$^',
    'i',
  )
  const numbers: Gate = withPlainValues(numberGate, telling)
  return rules.flatMap((rule) => {
    const { anchor, shapes } = rule
    if (shapes === undefined || anchor.type !== 'gate') return [rule]
    const gate = anchor.gate === numberGate ? numbers : anchor.gate
    return shapes.map((key) => ({ ...rule, anchor: { type: 'gate' as const, gate, key } }))
  })
}

/** Longer than any identifier, with the words around it that tell what it is. */
const viewReach = 160
