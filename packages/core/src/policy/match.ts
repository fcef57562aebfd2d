import picomatch from 'picomatch'
import type { Detection } from '../protocol/finding.ts'
import type { IdentityStrength, Policy } from '../protocol/policy.ts'
import { severityRank, strengthRank } from './severity.ts'

/** What a rule may ask about beside the detection itself. */
export interface PolicySubject {
  readonly operation: string
  readonly path: string
  readonly models: readonly string[]
  readonly trust: number
  readonly identity: IdentityStrength
}

/** A policy with its globs compiled. */
export interface CompiledPolicy {
  readonly policy: Policy
  matches(detection: Detection, subject: PolicySubject): boolean
}

/**
 * picomatch: the most used glob matcher, without dependencies. `bash` lets `*` cross the `/` of model names, the flag `s`
 * the line break that somebody puts into a name to get past a rule. Of an empty text, picomatch says that nothing
 * matches it, even `*`.
 */
export function globs(patterns: readonly string[] | undefined): ((text: string) => boolean) | undefined {
  if (patterns === undefined) return undefined
  const matches = picomatch([...patterns], { bash: true, dot: true, nonegate: true, flags: 's' })
  const any = patterns.some((pattern) => /^\*+$/.test(pattern))
  return (text) => (text === '' ? any : matches(text))
}

/** Longer than any honest name. Several `*` in a pattern cost the square of the text's length. */
const maxNameChars = 1024

/** As `globs`, for names that a client or a model chose: what is too long to be compared meets the rule. */
function nameGlobs(patterns: readonly string[] | undefined): ((text: string) => boolean) | undefined {
  const matches = globs(patterns)
  return matches === undefined ? undefined : (text) => text.length > maxNameChars || matches(text)
}

export function compilePolicy(policy: Policy): CompiledPolicy {
  const { match } = policy
  const types = globs(match.types)
  const categories = globs(match.categories)
  const endpoints = globs(match.endpoints)
  const models = nameGlobs(match.models)
  const tools = nameGlobs(match.tools)
  const minSeverity = match.minSeverity === undefined ? undefined : severityRank(match.minSeverity)
  const identityAtMost = match.actor?.identityAtMost
  const identityRank = identityAtMost === undefined ? undefined : strengthRank(identityAtMost)
  const trustBelow = match.actor?.trustBelow

  return {
    policy,
    matches(detection, subject) {
      if (types !== undefined && !types(detection.type)) return false
      if (categories !== undefined && !categories(detection.riskCategory)) return false
      if (minSeverity !== undefined && severityRank(detection.severity) < minSeverity) return false
      if (match.minConfidence !== undefined && detection.confidence < match.minConfidence) return false
      if (match.lifecycle !== undefined && !match.lifecycle.includes(detection.lifecycle)) return false
      if (endpoints !== undefined && !endpoints(subject.operation) && !endpoints(subject.path)) return false
      if (models !== undefined && !subject.models.some((model) => models(model))) return false
      if (tools !== undefined && !(detection.tool !== undefined && tools(detection.tool))) return false
      if (trustBelow !== undefined && !(subject.trust < trustBelow)) return false
      if (identityRank !== undefined && strengthRank(subject.identity) > identityRank) return false
      return true
    },
  }
}
