/** The words that `a{b,c}` stands for, at most 64. Ranges and nested braces stay as they are. */
export function expandBraces(text: string): readonly string[] {
  let words: readonly string[] = ['']
  let at = 0
  for (const match of text.matchAll(/\{([^{}]{0,1024},[^{}]{0,1024})\}/g)) {
    const literal = text.slice(at, match.index)
    const choices = (match[1] ?? '').split(',')
    if (words.length * choices.length > 64) break
    words = words.flatMap((word) => choices.map((choice) => word + literal + choice))
    at = match.index + match[0].length
  }
  return words.map((word) => word + text.slice(at))
}
