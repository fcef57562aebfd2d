/** Sentences by name. `{a|b}` is one of them, `$name` a sentence of that name. */
export type Grammar = Readonly<Record<string, readonly string[]>>

/** One text of a grammar. Throws on a name that it has not. */
export function expand(grammar: Grammar, name: string, random: () => number): string {
  const sentences = grammar[name]
  if (sentences === undefined) throw new Error(`no ${name} in the grammar`)
  const pick = <Value>(values: readonly Value[]): Value => values[Math.floor(random() * values.length)] as Value // In range.
  let text = pick(sentences)
  for (let depth = 0; depth < 12 && /[{$]/.test(text); depth++) {
    text = text
      .replace(/\{([^{}]*)\}/g, (_, options: string) => pick(options.split('|')))
      .replace(/\$([a-zA-Z]+)/g, (whole, next: string) => (grammar[next] === undefined ? whole : pick(grammar[next])))
  }
  return text.replaceAll('\\n', '\n').replace(/ {2,}/g, ' ').trim()
}
