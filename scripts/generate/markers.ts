/** Puts generated text between its markers; what people wrote around it stays. Throws where the page has none. */
export function between(page: string, name: string, generated: string): string {
  const begin = `<!-- generated: ${name} (bun run generate) -->`
  const end = `<!-- end of generated: ${name} -->`
  const from = page.indexOf(begin)
  const to = page.indexOf(end, from)
  if (from < 0 || to < 0) throw new Error(`a page lacks its markers:\n${begin}\n${end}`)
  return `${page.slice(0, from)}${begin}\n\n${generated.trim()}\n\n${page.slice(to)}`
}
