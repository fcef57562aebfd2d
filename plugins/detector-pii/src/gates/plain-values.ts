import type { Gate } from '@sluice/detect'
import { isDigit } from './number-gate.ts'

/**
 * Digits in a row of numbers, and a JSON number under a name that tells nothing: one in ten passes a checksum by chance,
 * and documents are full of them. Their key ends in a comma, so that only rules whose checks leave no doubt see them.
 */
export function withPlainValues(inner: Gate, telling: RegExp): Gate {
  const tells = remembered((name) => telling.test(name))
  return {
    ...inner,
    context: reach,
    key(text, at) {
      const key = inner.key?.(text, at) ?? ''
      return isDigit(key.charCodeAt(key.length - 1)) && isPlain(text, at, Number(key), tells) ? `${key},` : key
    },
  }
}

/** Units before a number that are looked at: a name of JSON, its marks, and spaces. */
const reach = 96
const longestName = 60
const longestGap = 16

function isPlain(text: string, at: number, count: number, tells: (name: string) => boolean): boolean {
  const mark = backOverSpaces(text, at)
  switch (text.charAt(mark)) {
    case ',':
      return isDigit(text.charCodeAt(backOverSpaces(text, mark)))
    case '[':
      return text.charAt(at + count) === ','
    case ':': {
      const quote = backOverSpaces(text, mark)
      if (text.charAt(quote) !== '"') return false
      const name = text.slice(Math.max(0, quote - longestName), quote)
      return !tells(name.slice(name.lastIndexOf('"') + 1))
    }
    default:
      return false
  }
}

/** The last place before `at` that is no space, if it is near. */
function backOverSpaces(text: string, at: number): number {
  let mark = at - 1
  while (mark > at - longestGap && text.charCodeAt(mark) <= 0x20) mark--
  return mark
}

/** Documents repeat their names. What is remembered is bounded, and forgotten at once when it is full. */
function remembered(judge: (name: string) => boolean): (name: string) => boolean {
  const known = new Map<string, boolean>()
  return (name) => {
    let answer = known.get(name)
    if (answer === undefined) {
      answer = judge(name)
      if (known.size >= 1000) known.clear()
      known.set(name, answer)
    }
    return answer
  }
}
