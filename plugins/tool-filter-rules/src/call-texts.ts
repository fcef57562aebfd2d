import type { Json, ToolCall } from '@sluice/core'

/** UTF-16 units of the texts of one call. */
const maxChars = 65_536
/** Objects, arrays and members. */
const maxNodes = 20_000

/**
 * The texts that the arguments of a call hand over: each string, the strings of a list as one line too (`["rm", "-rf", "/"]`),
 * and the arguments as written, where a query may be built of objects. Undefined: more than is read.
 */
export function callTexts({ input, inputText }: Pick<ToolCall, 'input' | 'inputText'>): readonly string[] | undefined {
  if (inputText.length > maxChars) return undefined
  const texts = new Set<string>([inputText])
  const waiting: Json[] = input === undefined ? [] : [input]
  let nodes = 0
  let chars = inputText.length
  const add = (text: string) => {
    for (const one of [text, text.normalize('NFKC')]) {
      if (one.length < 2 || texts.has(one)) continue
      texts.add(one)
      chars += one.length
    }
  }
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    // What is spelled in the input may be longer than its text where somebody made it.
    if (++nodes > maxNodes || chars > 4 * maxChars) return undefined
    if (typeof next === 'string') add(next)
    else if (typeof next === 'object' && next !== null) {
      const members: readonly Json[] = Object.values(next)
      const words = Array.isArray(next) ? members.filter((member) => typeof member === 'string') : []
      if (words.length > 1) add(words.join(' '))
      for (const member of members) waiting.push(member)
      if (!Array.isArray(next)) for (const key of Object.keys(next)) add(key)
    }
  }
  return [...texts]
}
