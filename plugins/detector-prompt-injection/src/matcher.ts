import type { Finding } from '@sluice/core'
import { type Features, markedPlaces, placeOf } from './model/features.ts'
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
  private readonly byBit: readonly (readonly ProseRule[])[]
  private readonly unspaced: readonly ProseRule[]
  private readonly raw: readonly RawRule[]

  constructor(disabled: ReadonlySet<string>) {
    for (const word of commonWords) {
      this.mark(word, 1)
      this.mark(turned(word), 2)
      // Not those that read the same, or are another word, from behind.
      if (!commonWords.includes(reversed(word))) this.mark(reversed(word), 4)
    }
    const prose = proseRules.filter(({ name }) => !disabled.has(name))
    const byBit: ProseRule[][] = Array.from({ length: bits }, () => [])
    for (const [at, rule] of prose.filter(({ words }) => words !== undefined).entries()) {
      byBit[at % bits]?.push(rule)
      for (const word of rule.words ?? []) this.mark(word, 1 << (counted + (at % bits)))
    }
    this.byBit = byBit
    this.unspaced = prose.filter(({ words }) => words === undefined)
    this.raw = rawRules.filter(({ name }) => !disabled.has(name))
  }

  /** What the rules find in a text that `reading` has just read. */
  find(text: string, { features, folded }: Reading, external: boolean): Finding<InjectionType>[] {
    const findings: Finding<InjectionType>[] = []
    this.findRaw(text, findings)
    if (features.shape.unspaced) this.findUnspaced(folded, findings)
    if (features.anchored > 0) this.findProse(features, folded, external, findings)
    return findings
  }

  private findRaw(text: string, findings: Finding<InjectionType>[]): void {
    for (const rule of this.raw) {
      if (!rule.literals.some((literal) => text.includes(literal))) continue
      for (const match of text.matchAll(rule.pattern)) {
        const lead = match[0].length - match[0].trimStart().length
        findings.push(found(rule, match.index + lead, match.index + match[0].length))
      }
    }
  }

  private findProse(features: Features, folded: Folded, external: boolean, findings: Finding<InjectionType>[]): void {
    const { anchors, anchorBits, anchored } = features
    const all = foldedText(folded)
    const ends = new Map<ProseRule, number>()
    for (let anchor = 0; anchor < anchored; anchor++) {
      const at = anchors[anchor] as number // There are so many.
      for (let left = (anchorBits[anchor] as number) >>> counted; left !== 0; left &= left - 1) {
        for (const rule of this.byBit[31 - Math.clz32(left & -left)] ?? []) {
          if ((rule.external === true && !external) || at < (ends.get(rule) ?? 0)) continue
          rule.pattern.lastIndex = at
          const match = rule.pattern.exec(all)
          if (match === null) continue
          ends.set(rule, at + match[0].length)
          findings.push(foundAt(rule, at, match[0].length, folded))
        }
      }
    }
  }

  private findUnspaced(folded: Folded, findings: Finding<InjectionType>[]): void {
    const all = foldedText(folded)
    for (const rule of this.unspaced) {
      for (const match of all.matchAll(rule.pattern)) findings.push(foundAt(rule, match.index, match[0].length, folded))
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
