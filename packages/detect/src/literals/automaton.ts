import { foldOf, variantsOf } from './fold.ts'

/** Where a literal begins, and which of the automaton's literals it is. */
export interface Hit {
  readonly at: number
  readonly literal: number
}

const utf8 = new TextEncoder()
const bytes = new Uint8Array(16_384)
/** Shorter text is not worth encoding first. */
const worthEncoding = 64

/**
 * Finds any number of literals in one pass (A. Aho, M. Corasick, 1975), over UTF-16 units and whatever their case. The table is
 * dense: for each state and class of units the next state, so each unit costs two look-ups however many literals there are.
 */
export class Automaton {
  readonly longest: number
  /** Class of a unit; 0: no literal has it. */
  private readonly classes: Uint16Array = new Uint16Array(0x10000)
  /** States are their offset in the table. Those at which a literal ends come last. */
  private readonly table: Int32Array
  private readonly firstEnd: number
  private readonly width: number
  private readonly depths: readonly number[]
  private readonly ends: readonly (readonly number[])[]
  private readonly lengths: readonly number[]

  constructor(literals: readonly string[]) {
    this.lengths = literals.map((literal) => literal.length)
    this.longest = Math.max(0, ...this.lengths)
    this.width = this.classify(literals)
    const trie = this.trieOf(literals)
    const order = [...trie.keys()].sort((a, b) => Number(ended(trie[a])) - Number(ended(trie[b])) || a - b)
    const place = new Map(order.map((state, at) => [state, at]))
    this.table = new Int32Array(trie.length * this.width)
    for (const [at, state] of order.entries()) {
      const next = trie[state]?.next ?? []
      for (let unit = 0; unit < this.width; unit++) {
        this.table[at * this.width + unit] = (place.get(next[unit] ?? 0) ?? 0) * this.width
      }
    }
    const firstEnd = order.findIndex((state) => ended(trie[state]))
    this.firstEnd = (firstEnd === -1 ? trie.length : firstEnd) * this.width
    this.depths = order.map((state) => trie[state]?.depth ?? 0)
    this.ends = order.map((state) => trie[state]?.ends ?? [])
  }

  /** The literals that stand between two offsets, in the order in which they end. */
  hits(text: string, from: number, to: number): Hit[] {
    const hits: Hit[] = []
    let state = 0
    for (let at = from; at < to; at += bytes.length) {
      const piece = text.slice(at, Math.min(to, at + bytes.length))
      state = isEncoded(piece) ? this.readBytes(piece.length, at, state, hits) : this.readUnits(piece, at, state, hits)
    }
    return hits
  }

  /** Units at the end of the text, from an offset on, that begin a literal which is not whole yet or may go on. */
  openAt(text: string, from: number): number {
    let state = 0
    for (let at = from; at < text.length; at++) {
      state = this.table[state + (this.classes[text.charCodeAt(at)] ?? 0)] ?? 0
    }
    return this.depths[state / this.width] ?? 0
  }

  private readUnits(piece: string, offset: number, begin: number, hits: Hit[]): number {
    const { table, classes, firstEnd } = this
    let state = begin
    for (let at = 0; at < piece.length; at++) {
      state = table[state + (classes[piece.charCodeAt(at)] ?? 0)] ?? 0
      if (state >= firstEnd) this.note(state, offset + at + 1, hits)
    }
    return state
  }

  /** The same for ASCII that was encoded: half as long again takes reading it from the text (measured). */
  private readBytes(length: number, offset: number, begin: number, hits: Hit[]): number {
    const { table, classes, firstEnd } = this
    let state = begin
    for (let at = 0; at < length; at++) {
      state = table[state + (classes[bytes[at] ?? 0] ?? 0)] ?? 0
      if (state >= firstEnd) this.note(state, offset + at + 1, hits)
    }
    return state
  }

  private note(state: number, end: number, hits: Hit[]): void {
    for (const literal of this.ends[state / this.width] ?? []) {
      hits.push({ at: end - (this.lengths[literal] ?? 0), literal })
    }
  }

  private classify(literals: readonly string[]): number {
    const byFold = new Map<number, number>()
    for (const literal of literals) {
      for (let at = 0; at < literal.length; at++) {
        const unit = literal.charCodeAt(at)
        const known = byFold.get(foldOf(unit)) ?? byFold.size + 1
        byFold.set(foldOf(unit), known)
        for (const variant of variantsOf(unit)) this.classes[variant] = known
      }
    }
    return byFold.size + 1
  }

  private trieOf(literals: readonly string[]): readonly State[] {
    const root: State = stateAt(0, this.width)
    const trie: State[] = [root]
    for (const [literal, text] of literals.entries()) {
      let state = root
      for (let at = 0; at < text.length; at++) {
        const unit = this.classes[text.charCodeAt(at)] ?? 0
        let next = trie[state.next[unit] ?? 0]
        if (next === undefined || next === root) {
          next = stateAt(at + 1, this.width)
          state.next[unit] = trie.length
          trie.push(next)
        }
        state = next
      }
      if (text !== '') state.ends.push(literal)
    }
    link(trie, root)
    return trie
  }
}

interface State {
  readonly depth: number
  readonly next: number[]
  readonly ends: number[]
}

function stateAt(depth: number, width: number): State {
  return { depth, next: new Array<number>(width).fill(0), ends: [] }
}

function ended(state: State | undefined): boolean {
  return state !== undefined && state.ends.length > 0
}

/** Where a state has no way on, it takes that of the longest end of what was read which begins a literal too. */
function link(trie: readonly State[], root: State): void {
  const queue = root.next.flatMap((to) => (to === 0 ? [] : [{ to, fail: 0 }]))
  for (const { to, fail } of queue) {
    const state = trie[to] ?? root
    const other = trie[fail] ?? root
    for (const literal of other.ends) state.ends.push(literal)
    for (const [unit, next] of state.next.entries()) {
      const elsewhere = other.next[unit] ?? 0
      if (next === 0) state.next[unit] = elsewhere
      else queue.push({ to: next, fail: elsewhere })
    }
  }
}

function isEncoded(piece: string): boolean {
  if (piece.length < worthEncoding) return false
  const { read, written } = utf8.encodeInto(piece, bytes)
  return read === piece.length && written === piece.length
}
