import type { DetectionTypeSpec, DetectorInstance, Finding } from '@sluice/core'
import { createWindowScan } from '@sluice/detect'
import type { ExactEntry } from '../options.ts'
import {
  type ExactValue,
  foldValue,
  hashOf,
  maxGap,
  maxWords,
  maxWordUnits,
  parseExactValue,
  seedOf,
  tagEnd,
  tagStep,
} from './exact-value.ts'

/** One list of values, ready to be looked up. */
interface Listed {
  readonly entry: ExactEntry
  readonly name: string
  readonly seed: number
  /** By tag and length: whether it is worth a keyed hash. */
  readonly tags: Uint8Array
  readonly lengths: Uint8Array
  readonly hashes: ReadonlySet<string>
}

/** A word of a window as it stands in the text. */
interface Word {
  readonly start: number
  readonly end: number
  readonly folded: string
}

/** All that a value may span: no match looks further. */
export const exactReach: number = maxWords * (maxWordUnits + maxGap)

/**
 * Finds values that are known by their keyed hashes alone. Each row of up to eight words is tried; a fast hash with as many
 * bits as there are texts in a book keeps all but a few from the slow one. Throws `RangeError` naming the entry that lists
 * what is no such hash.
 */
export function exactScan(
  entries: readonly ExactEntry[],
  types: Readonly<Record<string, DetectionTypeSpec>>,
): DetectorInstance {
  const lists = entries.map(listed)
  return createWindowScan({
    types,
    longest: 8 * exactReach,
    overlap: exactReach,
    judge: ({ text }) => lists.flatMap((list) => findListed(list, text)),
  })
}

function listed(entry: ExactEntry, at: number): Listed {
  const tags = new Uint8Array(1 << 21)
  const lengths = new Uint8Array(maxWords * maxWordUnits + 1)
  const hashes = new Set<string>()
  for (const [index, text] of entry.hashes.entries()) {
    const value = parseExactValue(text)
    if (value === undefined) {
      throw new RangeError(`exact[${at}].hashes[${index}]: is no hash of a value; \`sluice value-hash\` makes them`)
    }
    note(value, tags, lengths)
    hashes.add(value.hash)
  }
  return { entry, name: entry.name ?? `exact-${at + 1}`, seed: seedOf(entry.key), tags, lengths, hashes }
}

function note({ units, tag }: ExactValue, tags: Uint8Array, lengths: Uint8Array): void {
  tags[tag >> 3] = (tags[tag >> 3] ?? 0) | (1 << (tag & 7))
  if (units < lengths.length) lengths[units] = 1
}

function findListed(list: Listed, text: string): readonly Finding[] {
  const words = wordsOf(text)
  const found: Finding[] = []
  for (let first = 0; first < words.length; first++) {
    // The longest that is listed, and what lies in it is not looked for again.
    const last = lastOf(list, words, first)
    const [from, to] = [words[first], words[last]]
    if (from === undefined || to === undefined) continue
    const { type, severity, confidence = 1 } = list.entry
    const data = { rule: list.name, evidence: 'hash' }
    found.push({ type, severity, confidence, start: from.start, end: to.end, data })
    first = last
  }
  return found
}

/** Index of the word with which the longest listed value ends that begins at `first`; -1: none does. */
function lastOf({ seed, tags, lengths, hashes, entry }: Listed, words: readonly Word[], first: number): number {
  let state = seed
  let folded = ''
  let longest = -1
  for (let at = first; at < words.length && at - first < maxWords; at++) {
    const word = words[at]
    const before = words[at - 1]
    if (word === undefined || (at > first && before !== undefined && word.start - before.end > maxGap)) break
    for (let unit = 0; unit < word.folded.length; unit++) state = tagStep(state, word.folded.charCodeAt(unit))
    folded += word.folded
    if (lengths[folded.length] !== 1) continue
    const tag = tagEnd(state)
    if (((tags[tag >> 3] ?? 0) & (1 << (tag & 7))) !== 0 && hashes.has(hashOf(folded, entry.key))) longest = at
  }
  return longest
}

function wordsOf(text: string): readonly Word[] {
  const words: Word[] = []
  for (const { 0: word, index } of text.matchAll(/[\p{L}\p{N}]+/gu)) {
    if (word.length <= maxWordUnits) words.push({ start: index, end: index + word.length, folded: foldValue(word) })
  }
  return words
}
