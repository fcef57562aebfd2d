import { type DetectorDefinition, type DetectorInstance, defineDetector, SluiceError } from '@sluice/core'
import { createPatternScan, type PatternRule, withViews } from '@sluice/detect'
import { withEvidence } from './evidence.ts'
import { type SecretsOptions, secretsOptions } from './options.ts'
import { isPublished } from './placeholder.ts'
import { secretRules } from './rules/index.ts'
import { type SecretType, secretTypes } from './types.ts'

export type { SecretsOptions } from './options.ts'
export type { SecretType } from './types.ts'

/** Finds credentials and private keys, in one pass over the text. */
const secrets: DetectorDefinition<SecretsOptions, SecretType> = defineDetector<SecretsOptions, SecretType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-secrets',
    version: '0.1.0',
    description: 'Finds credentials and private keys',
  },
  options: secretsOptions,
  create: (options, ctx) => createSecretsDetector(options, ctx.instance),
})

export default secrets

function createSecretsDetector(options: SecretsOptions, instance: string): DetectorInstance<SecretType> {
  const disabled = new Set(options.rules?.disable)
  const known = new Set(secretRules.map(({ name }) => name))
  const unknown = [...disabled].filter((name) => !known.has(name))
  if (unknown.length > 0) {
    const message = `rules.disable names no rule of this detector: ${unknown.join(', ')}. Its README lists them.`
    throw new SluiceError('SLUICE_PLUGIN_OPTIONS_INVALID', message, { plugin: instance })
  }
  const types = new Set<SecretType>(options.types ?? secretRules.map(({ type }) => type))
  const allowed = new Set(options.allow)
  const rules = secretRules.filter((rule) => types.has(rule.type) && !disabled.has(rule.name))
  const scan = createPatternScan(
    rules.map((rule) => allowing(rule, allowed)),
    secretTypes,
  )
  return withViews(withEvidence(scan), viewReach)
}

/** Longer than any credential but a private key, which is told by where it begins. */
const viewReach = 320

/** The rule, but silent where the whole value is allowed: a real key beside an example is still found. */
function allowing(rule: PatternRule<SecretType>, allowed: ReadonlySet<string>): PatternRule<SecretType> {
  return {
    ...rule,
    accept: (candidate) => {
      if (isPublished(candidate.value) || allowed.has(candidate.value)) return false
      return rule.accept?.(candidate) ?? true
    },
  }
}
