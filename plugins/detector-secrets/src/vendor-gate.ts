import type { Gate } from '@sluice/detect'
import { nameLength } from './assignment-gate.ts'

const valueLength = 14
/** An operator, then quotes and blanks, then fourteen characters of a value. */
const assigned = new RegExp(`(?:[=:]{1,4}>?|>|",)[\\s"'\`\\\\]{0,12}[A-Za-z0-9_.+/~-]{${valueLength}}`, 'y')
const nameUnits = /[\w.$\]"'`) \t?:|+-]/

/** Reports operators that stand between a name and a value, where the name names one of the vendors; `key` says which. */
export function vendorGate(vendors: readonly string[]): Gate {
  const known = new RegExp(`(?<![a-z])(?:${vendors.join('|')})`, 'i')
  const nameOf = (text: string, at: number): string => {
    let start = at
    while (start > 0 && at - start < nameLength && nameUnits.test(text[start - 1] ?? '')) start--
    return known.exec(text.slice(start, at))?.[0].toLowerCase() ?? ''
  }
  const operator = /[=:>]|",/g
  return {
    width: 32,
    context: nameLength + 2,
    scan(text, from, to, report) {
      operator.lastIndex = from
      for (let match = operator.exec(text); match !== null && match.index < to; match = operator.exec(text)) {
        const at = match.index
        if (at > 0 && /[=:>]/.test(text[at - 1] ?? '')) continue
        assigned.lastIndex = at
        if (assigned.test(text) && nameOf(text, at) !== '') report(at)
      }
    },
    key: nameOf,
  }
}
