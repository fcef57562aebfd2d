import type { CharSet } from './char-set.ts'

export interface WindowCut {
  /** Where the window ends, and the text in it without the unit that ends it. */
  readonly end: number
  readonly content: number
  /** Where the next one begins: before `end` where the length cut it. */
  readonly next: number
}

/** Finds where the window that begins at `from` ends; undefined while it is open. No end is in the text before `soughtTo`. */
export type WindowCutter = (text: string, from: number, soughtTo: number, ended: boolean) => WindowCut | undefined

export function windowCutter(longest: number, overlap: number, ends: CharSet | RegExp | undefined): WindowCutter {
  const find = ends === undefined ? findLineFeed : finder(ends)
  return (text, from, soughtTo, ended) => {
    const full = from + longest
    const at = find(text, Math.max(from, soughtTo), Math.min(text.length, full))
    if (at !== -1) return { end: at + 1, content: at, next: at + 1 }
    if (text.length >= full) {
      const end = full - Number(isPairAt(text, full - 1))
      const next = end - overlap
      return { end, content: end, next: next - Number(isPairAt(text, next - 1)) }
    }
    if (!ended || text.length === from) return undefined
    return { end: text.length, content: text.length, next: text.length }
  }
}

function findLineFeed(text: string, from: number, to: number): number {
  const at = text.slice(from, to).indexOf('\n')
  return at === -1 ? -1 : from + at
}

function finder(ends: CharSet | RegExp): (text: string, from: number, to: number) => number {
  const has = ends instanceof RegExp ? unitsOf(ends) : ends.has
  return (text, from, to) => {
    for (let at = from; at < to; at++) if (has(text.charCodeAt(at))) return at
    return -1
  }
}

/** The units that an expression matches, asked of each once. */
function unitsOf(pattern: RegExp): CharSet['has'] {
  const one = new RegExp(pattern.source, pattern.flags.replace(/[gy]/g, ''))
  const known = new Map<number, boolean>()
  return (unit) => {
    const before = known.get(unit)
    if (before !== undefined) return before
    const matches = one.test(String.fromCharCode(unit))
    known.set(unit, matches)
    return matches
  }
}

/** The unit may be the first half of a pair, whose halves stay together. */
function isPairAt(text: string, at: number): boolean {
  const unit = text.charCodeAt(at)
  return unit >= 0xd800 && unit < 0xdc00
}
