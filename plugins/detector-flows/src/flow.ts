import type { Severity } from '@sluice/core'
import { matcherOf, type Source, sourceOf, targetOf } from './end-point.ts'
import type { Flow } from './options.ts'

/** A flow of the configuration, made ready. */
export interface ReadyFlow {
  readonly name: string
  readonly from: Source
  readonly isTarget: (tool: string) => boolean
  readonly isCopied: boolean
  readonly isArgument: (name: string) => boolean
  readonly trusted: ReadonlySet<string>
  readonly letsNamed: boolean
  readonly severity: Severity | undefined
}

/** Answers what is wrong with it, where something is. */
export function readyFlow(flow: Flow): ReadyFlow | string {
  const from = sourceOf(flow.from)
  if (from === undefined) {
    return `${flow.name}: from is "${flow.from}", and must be tool-result(GLOBS), detected(GLOBS), user, assistant or instruction`
  }
  const isTarget = targetOf(flow.to)
  if (isTarget === undefined) return `${flow.name}: to is "${flow.to}", and must be tool-call(GLOBS)`
  const isArgument = flow.arguments === undefined ? () => true : matcherOf(flow.arguments.join('|'), true)
  if (isArgument === undefined) return `${flow.name}: arguments holds an empty glob`
  const trusted = new Set<string>(flow.trusted ?? ['user', 'instruction'])
  // What is said by those trusted is what the flow is about.
  if (from.type === 'segments') trusted.delete(from.kind)
  return {
    name: flow.name,
    from,
    isTarget,
    isCopied: flow.when !== 'followed',
    isArgument,
    trusted,
    letsNamed: flow.unless !== 'never',
    severity: flow.severity,
  }
}
