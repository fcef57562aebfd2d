import { type Gate, nothing, type PatternRule, patternGate } from '@sluice/detect'
import type { WordsEntry } from './options.ts'

/** What may not stand beside a whole word, in any script. */
const wordUnit = '[\\p{L}\\p{N}\\p{M}_]'

/**
 * One rule an entry. Letters are compared by Unicode's simple case folding (what `/iu` does), in place: the text itself is
 * never lower-cased, since that can change its length (`İ`) and with it every offset. Throws `RangeError` naming an entry
 * that lists no word or a blank one.
 */
export function wordRules(entries: readonly WordsEntry[]): readonly PatternRule[] {
  // One pass for the case-sensitive entries and one for the others.
  const gates = new Map<boolean, Gate>()
  return entries.map((entry, at) => {
    const words = wordsOf(entry)
    if (words.length === 0) throw new RangeError(`words[${at}]: give a word or a list`)
    if (words.some((word) => word.trim() === '')) throw new RangeError(`words[${at}]: a word is blank`)
    const exact = entry.caseSensitive === true
    const gate = gates.get(exact) ?? beginningsGate(entries.filter((other) => (other.caseSensitive === true) === exact))
    gates.set(exact, gate)
    // The longest first: an alternation takes the first that fits.
    const choice = words
      .toSorted((a, b) => b.length - a.length)
      .map(RegExp.escape)
      .join('|')
    const whole = entry.wholeWord !== false
    return {
      name: entry.name ?? `words-${at + 1}`,
      type: entry.type,
      confidence: entry.confidence ?? 1,
      severity: entry.severity,
      anchor: { type: 'gate', gate },
      boundary: nothing,
      pattern: new RegExp(whole ? `(?<!${wordUnit})(?:${choice})(?!${wordUnit})` : `(?:${choice})`, exact ? 'u' : 'iu'),
      // Two more for a character of two units that is looked at on the right.
      length: Math.max(...words.map((word) => word.length)) + 2,
    }
  })
}

/** Finds where a word may begin: by the first two characters of each. */
function beginningsGate(entries: readonly WordsEntry[]): Gate {
  const beginnings = new Set(entries.flatMap(wordsOf).map((word) => [...word].slice(0, 2).join('')))
  const width = Math.max(...[...beginnings].map((beginning) => beginning.length))
  const flags = entries.every((entry) => entry.caseSensitive === true) ? 'u' : 'iu'
  return patternGate(new RegExp([...beginnings].map(RegExp.escape).join('|'), flags), width)
}

function wordsOf(entry: WordsEntry): readonly string[] {
  return entry.word === undefined ? (entry.list ?? []) : [entry.word, ...(entry.list ?? [])]
}
