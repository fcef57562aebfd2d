import { type DetectorDefinition, type DetectorInstance, defineDetector } from '@sluice/core'
import { createWindowScan, withViews } from '@sluice/detect'
import { createJudge } from './judge.ts'
import { scoreOf, thresholds } from './model/thresholds.ts'
import { type InjectionOptions, injectionOptions } from './options.ts'
import { type InjectionType, injectionTypes } from './types.ts'

export type { InjectionOptions, Sensitivity } from './options.ts'
export type { InjectionType } from './types.ts'

/** Finds attempts to override, jailbreak or extract the instructions of a model, by rules and by a small model of our own. */
const injection: DetectorDefinition<InjectionOptions, InjectionType> = defineDetector<InjectionOptions, InjectionType>({
  kind: 'detector',
  spec: 'v1',
  meta: {
    name: '@sluice/detector-prompt-injection',
    version: '0.1.0',
    description: 'Finds attempts to override, jailbreak or extract the instructions of a model',
  },
  options: injectionOptions,
  create: createInjectionDetector,
})

export default injection

/** Units of text that are judged at once, and of these what the next window has too. */
const longest = 2048
const overlap = 320
/** Units around something undone that are read with it: longer than a sentence or two. */
const viewReach = 640

function createInjectionDetector(options: InjectionOptions): DetectorInstance<InjectionType> {
  const { sensitivity = 'medium' } = options
  const types = new Set<InjectionType>(options.types)
  const allowed = (options.allow ?? []).filter((phrase) => phrase !== '')
  const judge = createJudge({
    longest,
    threshold: typeof sensitivity === 'number' ? scoreOf(sensitivity) : thresholds[sensitivity],
    disabled: new Set(options.rules?.disable),
  })
  const scan = createWindowScan<InjectionType>({
    types: injectionTypes,
    longest,
    overlap,
    ends: { has: () => false },
    judge(window) {
      const found = judge(window)
      if (found.length === 0) return found
      const passed = spansOf(window.text, allowed)
      return found.filter(
        ({ type, start, end }) =>
          (types.size === 0 || types.has(type)) && !passed.some((span) => span.start <= start && end <= span.end),
      )
    },
  })
  return { ...withViews(scan, viewReach), excludes: ['assistant', 'reasoning', 'refusal', 'tool-name'] }
}

function spansOf(
  text: string,
  phrases: readonly string[],
): readonly { readonly start: number; readonly end: number }[] {
  return phrases.flatMap((phrase) => {
    const spans: { start: number; end: number }[] = []
    for (let at = text.indexOf(phrase); at !== -1; at = text.indexOf(phrase, at + 1)) {
      spans.push({ start: at, end: at + phrase.length })
    }
    return spans
  })
}
