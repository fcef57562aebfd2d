/** Puts generated text between its markers, and makes the page where there is none; what people wrote around it stays. */
export function between(page: string, name: string, generated: string, fresh: { readonly title: string }): string {
  const begin = `<!-- generated: ${name} (bun run generate) -->`
  const end = `<!-- end of generated: ${name} -->`
  const block = `${begin}\n\n${generated.trim()}\n\n${end}`
  const from = page.indexOf(begin)
  const to = page.indexOf(end, from)
  if (from < 0 || to < 0) return `${page === '' ? `# ${fresh.title}\n` : `${page.trimEnd()}\n`}\n${block}\n`
  return `${page.slice(0, from)}${block}${page.slice(to + end.length)}`
}
