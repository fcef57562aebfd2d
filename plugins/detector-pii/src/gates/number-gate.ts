import type { Gate } from '@sluice/detect'

/** Digits in a row that a key tells apart; more than any identifier has. */
const longest = 20

/**
 * Where a number may begin that is an identifier, shared by all rules that begin with a digit. The key is its shape, so
 * that a number meets the few rules of its shape instead of all: `11` is that many digits in a row (7 and more),
 * `3-` fewer and a separator (one of ` -./:+()`) before the next, `2a` fewer than 9 and a letter.
 */
export const numberGate: Gate = {
  width: longest + 9,
  context: 3,
  scan(text, from, to, report) {
    for (let at = from; at < to; at++) {
      if (!isDigit(text.charCodeAt(at))) continue
      let end = at + 1
      while (isDigit(text.charCodeAt(end))) end++
      if (begins(text, at) && shapeOf(text, at, end) !== '') report(at)
      at = end
    }
  },
  key(text, at) {
    let end = at + 1
    while (isDigit(text.charCodeAt(end)) && end - at < longest) end++
    return shapeOf(text, at, end)
  },
  open(text, from) {
    let at = text.length
    let first = at
    while (at > from && mayGoOn.test(text.charAt(at - 1))) {
      at--
      if (isDigit(text.charCodeAt(at))) first = at
    }
    return first
  },
}

/** What a shape can end in when no more text has come. */
const mayGoOn = /[\d (+./:_-]/

function shapeOf(text: string, at: number, end: number): string {
  const count = Math.min(end - at, longest)
  const next = text.charCodeAt(end)
  if (count <= 8 && isLetter(next)) return beforeLetter[count] ?? ''
  if (count >= 7) return bare[count] ?? ''
  const shape = beforeSeparator.get(next)?.[count] ?? ''
  if (next === 0x29 || shape === '') return shape
  if (next === 0x2e && isFraction(text, at, end)) return ''
  const after = text.charCodeAt(end + 1)
  return isDigit(after) || isLetter(after) || after === 0x28 ? shape : ''
}

/** Seven digits and more behind a dot, unless it parts a telephone number from its `+49`. */
function isFraction(text: string, at: number, dot: number): boolean {
  for (let behind = dot + 1; behind <= dot + 7; behind++) if (!isDigit(text.charCodeAt(behind))) return false
  return text.charCodeAt(at - 1) !== 0x2b
}

/** All shapes are made once: joining strings at every number costs more than looking them up. */
const bare = shapesWith('')
const beforeLetter = shapesWith('a')
const beforeSeparator = new Map(Array.from(' -./:+()', (one) => [one.charCodeAt(0), shapesWith(one)]))

function shapesWith(mark: string): readonly string[] {
  return Array.from({ length: longest + 1 }, (_, count) => `${count}${mark}`)
}

/** In the middle of a number, of a word or of a fraction nothing begins. */
function begins(text: string, at: number): boolean {
  const before = text.charCodeAt(at - 1)
  if (isDigit(before)) return false
  if (before === 0x2e) return !isDigit(text.charCodeAt(at - 2))
  return !isLetter(before) || isEscape(text, at)
}

/** The last unit of `\n` or `%3A` is no part of a word. */
export function isEscape(text: string, at: number): boolean {
  return text.charCodeAt(at - 2) === 0x5c || text.charCodeAt(at - 3) === 0x25
}

export function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}

export function isLetter(unit: number): boolean {
  return (unit >= 0x61 && unit <= 0x7a) || (unit >= 0x41 && unit <= 0x5a)
}
