/** Counts the U+FFFD that a decoder put in for bytes that are no UTF-8, and not those that the sender wrote. */
export interface ReplacementCounter {
  /** `text` is what a streaming decoder made of `bytes` and of what it had held back. */
  count(bytes: Uint8Array, text: string): void
  readonly total: number
}

export function createReplacementCounter(): ReplacementCounter {
  let total = 0
  /** The last two bytes so far: a written U+FFFD (EF BF BD) may have begun there. */
  let before: readonly number[] = []
  return {
    count(bytes, text) {
      const shown = occurrences(text)
      if (shown > 0) total += shown - written(before, bytes)
      const last = bytes.subarray(-2)
      before = last.length === 2 ? [...last] : [...before, ...last].slice(-2)
    },
    get total() {
      return total
    },
  }
}

function occurrences(text: string): number {
  let count = 0
  for (let at = text.indexOf('\ufffd'); at !== -1; at = text.indexOf('\ufffd', at + 1)) count++
  return count
}

function written(before: readonly number[], bytes: Uint8Array): number {
  const all = new Uint8Array(before.length + bytes.length)
  all.set(before)
  all.set(bytes, before.length)
  let count = 0
  for (let at = all.indexOf(0xef); at !== -1; at = all.indexOf(0xef, at + 1)) {
    if (all[at + 1] === 0xbf && all[at + 2] === 0xbd) count++
  }
  return count
}
