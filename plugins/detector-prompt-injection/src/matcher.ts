import type { Finding } from '@sluice/core'
import { markedPlaces, placeOf } from './model/features.ts'
import type { Reading } from './model/reading.ts'
import { type Folded, foldedText } from './prose/fold.ts'
import { commonWords, reversed, turned } from './prose/words.ts'
import { type ProseRule, proseRules, type RawRule, rawRules } from './rules/index.ts'
import type { InjectionType } from './types.ts'

/** The first three bits count words; the others say which rules are worth trying. */
const counted = 3
const bits = 32 - counted
/** Tries the rules, each only where one of its words stands. */
export class Matcher {
  /** For `featuresOf`. */
  readonly marked: Int32Array = new Int32Array(markedPlaces)
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
      for (const word of rule.words ?? []) this.mark(word, bit)
    }
    this.raw = rawRules
      .filter(({ name }) => !disabled.has(name))
      .map((rule) => ({ rule, literals: rule.literals.map((literal) => literal.toLowerCase()) }))
  }

  /** What the rules find in a text that `reading` has just read. */
  find(text: string, reading: Reading, external: boolean): Finding<InjectionType>[] {
    return [...this.inRaw(text), ...this.inProse(reading, external)]
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

  private *inProse({ features, folded }: Reading, external: boolean): Generator<Finding<InjectionType>> {
    const { anchors, anchorBits, anchored } = features
    if (features.shape.unspaced) yield* this.inUnspaced(foldedText(folded), folded)
    if (anchored === 0) return
    const all = foldedText(folded)
    const ends = new Map<ProseRule, number>()
    for (let anchor = 0; anchor < anchored; anchor++) {
      const at = anchors[anchor] as number // There are so many.
      const bits = anchorBits[anchor] as number
      for (const { rule, bit } of this.prose) {
        if ((bits & bit) === 0 || (rule.external === true && !external) || at < (ends.get(rule) ?? 0)) continue
        rule.pattern.lastIndex = at
        const match = rule.pattern.exec(all)
        if (match === null) continue
        ends.set(rule, at + match[0].length)
        yield foundAt(rule, at, match[0].length, folded)
      }
    }
  }

  private *inUnspaced(all: string, folded: Folded): Generator<Finding<InjectionType>> {
    for (const { rule } of this.prose) {
      if (rule.words !== undefined) continue
      for (const match of all.matchAll(rule.pattern)) yield foundAt(rule, match.index, match[0].length, folded)
    }
  }

  private mark(word: string, bit: number): void {
    const place = placeOf(word)
    this.marked[place] = (this.marked[place] ?? 0) | bit
  }
}

function foundAt(rule: ProseRule, at: number, units: number, { offsets }: Folded): Finding<InjectionType> {
  return found(rule, offsets[at] ?? 0, (offsets[at + units - 1] ?? 0) + 1)
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
