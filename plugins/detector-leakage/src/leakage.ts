import { shinglesOf, shingleWords } from './shingles.ts'
import { type Word, wordsOf } from './words.ts'

/** Changed words that a run goes on behind. */
const tolerated = 2
/** Stretches that are told apart; what comes behind belongs to the last. */
const mostRuns = 64
/** What is compared of a request's instructions and of an answer: about 400 KB of text each. */
const mostWords = 65_536

export interface LeakageLimits {
  /** Words in a row. */
  readonly words: number
  /** Part of an instruction's shingles. */
  readonly part: number
}

export interface Leak {
  /** UTF-16 offsets in the answer. */
  readonly start: number
  readonly end: number
  /** Words in a row that stand in an instruction. */
  readonly words: number
  /** The greatest part of one instruction that the whole answer repeats, 0 to 1. */
  readonly part: number
}

/** Instructions made ready to be looked for in any number of texts. */
export interface KnownInstructions {
  /** Which instructions hold a shingle. */
  readonly owners: ReadonlyMap<number, readonly number[]>
  /** Shingles of each instruction. */
  readonly sizes: readonly number[]
}

/**
 * `said` is what the answer may repeat: the user's own messages, and whatever else it was openly given. Instructions of fewer
 * than eight words, and the phrases that half of all instructions begin with, are nobody's secret.
 */
export function knowInstructions(instructions: readonly string[], said: readonly string[]): KnownInstructions {
  if (instructions.length === 0) return { owners: new Map(), sizes: [] }
  const open = new Set<number>()
  for (const text of said) for (const shingle of shinglesOf(wordsOf(text, mostWords))) open.add(shingle)
  const owners = new Map<number, number[]>()
  const sizes: number[] = []
  for (const [at, text] of instructions.entries()) {
    const own = new Set<number>()
    for (const shingle of shinglesOf(wordsOf(withoutBoilerplate(text), mostWords)))
      if (!open.has(shingle)) own.add(shingle)
    sizes.push(own.size)
    for (const shingle of own) {
      const known = owners.get(shingle)
      if (known === undefined) owners.set(shingle, [at])
      else known.push(at)
    }
  }
  return { owners, sizes }
}

/** Where an answer repeats instructions: long runs, or any run once it repeats so much of one instruction. Linear. */
export function leakage({ owners, sizes }: KnownInstructions, answer: string, limits: LeakageLimits): readonly Leak[] {
  if (owners.size === 0) return []
  const words = wordsOf(answer, mostWords)
  const seen = sizes.map(() => new Set<number>())
  const runs: { from: number; to: number; owners: Set<number> }[] = []
  for (const [at, shingle] of shinglesOf(words).entries()) {
    const holders = owners.get(shingle)
    if (holders === undefined) continue
    for (const holder of holders) seen[holder]?.add(shingle)
    const last = runs.at(-1)
    if (last !== undefined && (at <= last.to + tolerated || runs.length === mostRuns)) {
      last.to = at + shingleWords
      for (const holder of holders) last.owners.add(holder)
    } else runs.push({ from: at, to: at + shingleWords, owners: new Set(holders) })
  }
  const parts = sizes.map((size, at) => (size === 0 ? 0 : (seen[at]?.size ?? 0) / size))
  return runs.flatMap(({ from, to, owners: of }) => {
    const part = Math.max(...[...of].map((one) => parts[one] ?? 0))
    if (to - from < limits.words && part < limits.part) return []
    return [{ ...spanOf(words, from, to), words: to - from, part }]
  })
}

function spanOf(words: readonly Word[], from: number, to: number): { readonly start: number; readonly end: number } {
  return { start: words[from]?.start ?? 0, end: words[to - 1]?.end ?? 0 }
}

const boilerplate =
  /\byou are (?:an? )?(?:[a-z]{2,20},? (?:and )?){0,4}(?:ai |chat|virtual )?(?:assistant|chatbot|language model|ai)\b(?: (?:that|who) (?:helps?|answers?|assists?)(?: (?:users?|people|questions?|with|their|the)){0,5})?[.!]?|\bplease answer the (?:user's |following )?questions?(?: as (?:well|best) as you can)?[.!]?|\banswer (?:the user's questions )?(?:helpfully|concisely|truthfully)[^.\n]{0,40}[.!]?/gi

function withoutBoilerplate(text: string): string {
  return text.replace(boilerplate, '\n')
}
