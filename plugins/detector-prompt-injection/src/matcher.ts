import type { Finding } from '@sluice/core'
import { markedPlaces, placeOf } from './model/features.ts'
import type { Reading } from './model/reading.ts'
import { foldedText } from './prose/fold.ts'
import { commonWords, reversed, turned } from './prose/words.ts'
import { type ProseRule, proseRules, type RawRule, rawRules } from './rules/index.ts'
import type { InjectionType } from './types.ts'

/** The first three bits count words; the others say which rules are worth trying. */
const counted = 3
const bits = 32 - counted
/** Scripts whose words are not parted by spaces. */
const unspaced = /[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]/

/** Tries the rules, each only where one of its words stands. */
export class Matcher {
  /** For `featuresOf`. */
  readonly marked: Uint32Array = new Uint32Array(markedPlaces)
  private readonly prose: readonly { readonly rule: ProseRule; readonly bit: number }[]
  private readonly raw: readonly { readonly rule: RawRule; readonly literals: readonly string[] }[]

  constructor(disabled: ReadonlySet<string>) {
    for (const word of commonWords) {
      this.mark(word, 1)
      this.mark(turned(word), 2)
      // Not those that read the same, or are another word, from behind.
      if (!commonWords.includes(reversed(word))) this.mark(reversed(word), 4)
    }
    this.prose = proseRules
      .filter(({ name }) => !disabled.has(name))
      .map((rule, at) => ({ rule, bit: 1 << (counted + (at % bits)) }))
    for (const { rule, bit } of this.prose) {
      for (const words of rule.words ?? []) for (const word of words.split(' ')) this.mark(word, bit)
    }
    this.raw = rawRules
      .filter(({ name }) => !disabled.has(name))
      .map((rule) => ({ rule, literals: rule.literals.map((literal) => literal.toLowerCase()) }))
  }

  /** What the rules find in a text that `reading` has just read. */
  find(text: string, reading: Reading, external: boolean): Finding<InjectionType>[] {
    return [...this.inRaw(text), ...this.inProse(text, reading, external)]
  }

  private *inRaw(text: string): Generator<Finding<InjectionType>> {
    let lower: string | undefined
    for (const { rule, literals } of this.raw) {
      lower ??= text.toLowerCase()
      const all = lower
      if (!literals.some((literal) => all.includes(literal))) continue
      for (const match of text.matchAll(rule.pattern)) {
        const lead = match[0].length - match[0].trimStart().length
        yield found(rule, match.index + lead, match.index + match[0].length)
      }
    }
  }

  private *inProse(text: string, reading: Reading, external: boolean): Generator<Finding<InjectionType>> {
    const { marks } = reading.features
    const { offsets } = reading.folded
    let folded: string | undefined
    for (const { rule, bit } of this.prose) {
      if (rule.external === true && !external) continue
      if (rule.words === undefined ? !unspaced.test(text) : (marks & bit) === 0) continue
      folded ??= foldedText(reading.folded)
      for (const match of folded.matchAll(rule.pattern)) {
        const end = match.index + match[0].length
        yield found(rule, offsets[match.index] ?? 0, (offsets[end - 1] ?? 0) + 1)
      }
    }
  }

  private mark(word: string, bit: number): void {
    const place = placeOf(word)
    this.marked[place] = ((this.marked[place] ?? 0) | bit) >>> 0
  }
}

function found(rule: ProseRule | RawRule, start: number, end: number): Finding<InjectionType> {
  return {
    type: rule.type,
    confidence: rule.confidence,
    start,
    end,
    ...('severity' in rule && rule.severity !== undefined ? { severity: rule.severity } : {}),
    data: { rule: rule.name, evidence: 'pattern' },
  }
}
