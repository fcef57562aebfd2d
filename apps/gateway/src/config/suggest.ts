/** The known word that an unknown one was probably meant to be. */
export function suggest(unknown: string, known: readonly string[]): string | undefined {
  const written = unknown.toLowerCase()
  let best: string | undefined
  let least = Math.ceil(unknown.length / 3) + 1
  for (const word of known) {
    const distance = editDistance(written, word.toLowerCase())
    if (distance < least) {
      least = distance
      best = word
    }
  }
  return best
}

/** `; did you mean x?`, or nothing. */
export function didYouMean(unknown: string, known: readonly string[]): string {
  const meant = suggest(unknown, known)
  return meant === undefined ? '' : `; did you mean ${JSON.stringify(meant)}?`
}

/** Levenshtein's: insertions, deletions and replacements that make one word of the other. */
function editDistance(a: string, b: string): number {
  let above = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) {
      const replaced = (above[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      row.push(Math.min(replaced, (above[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1))
    }
    above = row
  }
  return above[b.length] ?? 0
}
