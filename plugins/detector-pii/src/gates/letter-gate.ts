import type { Gate } from '@sluice/detect'
import { isDigit, isEscape, isLetter } from './number-gate.ts'

/** Letters in a row before the first digit; no identifier here begins with more. */
const most = 6

/**
 * Where one to six letters begin, by themselves or after one to three others, that lead to a digit: `AB12`, `M XY 999`.
 * The key is the number of letters with `-` where a separator follows, `w` where a second group of letters does.
 */
export const letterGate: Gate = {
  width: most + 6,
  context: most + 3,
  scan(text, from, to, report) {
    let reported = from - 1
    const tell = (at: number): void => {
      if (at < from || at >= to || at <= reported) return
      reported = at
      report(at)
    }
    // The digit may stand beyond `to`; the letters that lead to it are what is reported.
    for (let digit = from; digit < Math.min(text.length, to + most + 6); digit++) {
      if (!isDigit(text.charCodeAt(digit))) continue
      if (digit > 0 && isDigit(text.charCodeAt(digit - 1))) continue
      const word = lettersBefore(text, isSeparator(text.charCodeAt(digit - 1)) ? digit - 1 : digit, most)
      if (word === -1) continue
      if (isSeparator(text.charCodeAt(word - 1))) {
        const first = lettersBefore(text, word - 1, 3)
        if (first !== -1) tell(first)
      }
      tell(word)
    }
  },
  key(text, at) {
    let end = at + 1
    while (isLetter(text.charCodeAt(end))) end++
    const next = text.charCodeAt(end)
    if (isDigit(next)) return keys[end - at] ?? ''
    return isLetter(text.charCodeAt(end + 1)) ? 'w' : (separated[end - at] ?? '')
  },
  open(text, from) {
    let at = text.length
    while (at > from && mayGoOn(text.charCodeAt(at - 1))) at--
    return at
  },
}

const keys = Array.from({ length: most + 1 }, (_, count) => `${count}`)
const separated = keys.map((key) => `${key}-`)

/** Where the letters begin that end before `end`, at most `max`, and no part of a longer word; -1: no such letters. */
function lettersBefore(text: string, end: number, max: number): number {
  let start = end
  while (start > 0 && end - start <= max && isLetter(text.charCodeAt(start - 1))) start--
  if (start < end && end - start <= max && !isDigit(text.charCodeAt(start - 1))) return start
  // In `\nAB12` the first letter belongs to an escape.
  return end - start > 1 && end - start <= max + 1 && isEscape(text, start + 1) ? start + 1 : -1
}

function isSeparator(unit: number): boolean {
  return unit === 0x20 || unit === 0x2d || unit === 0x2e
}

function mayGoOn(unit: number): boolean {
  return isLetter(unit) || isSeparator(unit)
}
