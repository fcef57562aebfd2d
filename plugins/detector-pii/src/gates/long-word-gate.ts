import type { Gate } from '@sluice/detect'
import { isDigit, isLetter } from './number-gate.ts'

const least = 26
const most = 90

/** Where 26 to 90 letters and digits in a row begin: one look at every 26th unit finds them all. */
export const longWordGate: Gate = {
  width: most + 1,
  context: most + 1,
  scan(text, from, to, report) {
    for (let at = from + least - 1; at < Math.min(text.length, to + least - 1); at += least) {
      if (!isWord(text.charCodeAt(at))) continue
      let start = at
      while (start > from - 1 && isWord(text.charCodeAt(start - 1))) start--
      let end = at + 1
      while (end - start <= most && isWord(text.charCodeAt(end))) end++
      const length = end - start
      if (start >= from && start < to && length >= least && length <= most) report(start)
      // The rest of what is too long holds no beginning.
      while (isWord(text.charCodeAt(end))) end++
      at = end - 1
    }
  },
  open(text, from) {
    let at = text.length
    while (at > from && isWord(text.charCodeAt(at - 1))) at--
    return at
  },
}

function isWord(unit: number): boolean {
  return isDigit(unit) || isLetter(unit)
}
