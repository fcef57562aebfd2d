import {
  compilePatterns,
  type Ignore,
  isJsonArray,
  type Json,
  type JsonPointer,
  member,
  type PatternNode,
  stepIndex,
} from '@sluice/core'

/** A member in which a word is expected, and what words those are. */
export interface WordPlace {
  /** A pattern; `*` for the elements of a list and, as its last token, for every member. */
  readonly pointer: string
  readonly isWord: (text: string) => boolean
  readonly reason: string
}

export interface OddWord {
  readonly pointer: JsonPointer
  readonly text: string
}

/** Members that are passed by as long as they hold the word expected there: an ignored member cannot carry a message. */
export class ClosedWords {
  readonly ignores: readonly Ignore[]
  readonly #root: PatternNode<WordPlace['isWord']>

  constructor(places: readonly WordPlace[]) {
    this.ignores = places.map(({ pointer, reason }) => ({ pointer, reason }))
    this.#root = compilePatterns(places.map(({ pointer, isWord }) => ({ pointer, value: isWord })))
  }

  /** What holds something else. Goes where a pattern leads, and no deeper. */
  odd(value: Json): readonly OddWord[] {
    const found: OddWord[] = []
    visit(value, this.#root, '', found)
    return found
  }
}

function visit(value: Json, node: PatternNode<WordPlace['isWord']>, at: JsonPointer, found: OddWord[]): void {
  if (typeof value === 'string') {
    if (node.value !== undefined && value !== '' && !node.value(value)) found.push({ pointer: at, text: value })
    return
  }
  if (typeof value !== 'object' || value === null) return
  if (isJsonArray(value)) {
    for (const [index, element] of value.entries()) {
      const child = stepIndex(node, index)
      if (child) visit(element, child, member(at, index), found)
    }
    return
  }
  // Patterns that name members lead to those; `*` leads to all of them.
  const names = node.other === undefined ? node.exact.keys() : Object.keys(value)
  for (const name of names) {
    const child = node.exact.get(name) ?? node.other
    const inner = Object.hasOwn(value, name) ? value[name] : undefined
    if (child && inner !== undefined) visit(inner, child, member(at, name), found)
  }
}

const CLOSED = 'one of a closed set of words; any other value is named and inspected'
const ID = 'an id made by the provider; anything but one plain word is named and inspected'

/** An id as the provider makes them, or the name of a model: one word without a space, at most 128 characters. */
const PLAIN = /^[A-Za-z0-9._:/@+-]{0,128}$/

export function isPlain(text: string): boolean {
  return PLAIN.test(text)
}

export function closed(pointer: string, words: ReadonlySet<string>): WordPlace {
  return { pointer, isWord: (text) => words.has(text), reason: CLOSED }
}

export function plain(pointer: string): WordPlace {
  return { pointer, isWord: isPlain, reason: ID }
}
