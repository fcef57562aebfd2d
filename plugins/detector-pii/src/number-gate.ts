import type { Gate } from '@sluice/detect'

/** Where a number of at least seven characters may begin: shared by all rules that begin with a digit. */
export const numberGate: Gate = {
  width: 7,
  context: 1,
  scan(text, from, to, report) {
    find.lastIndex = from
    for (let match = find.exec(text); match !== null && match.index < to; match = find.exec(text)) {
      const at = match.index
      if (at === 0 || !isDigit(text.charCodeAt(at - 1))) report(at)
      let end = at + 1
      while (end < text.length && isDigit(text.charCodeAt(end))) end++
      find.lastIndex = end
    }
  },
  open(text, from) {
    let at = text.length
    let first = at
    while (at > from && numberUnits.test(text.charAt(at - 1))) {
      at--
      if (isDigit(text.charCodeAt(at))) first = at
    }
    return first
  },
}

const find = /\d[\d ()./-]{6}/g
const numberUnits = /[\d ()./-]/

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39
}
