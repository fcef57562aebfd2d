import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const begin = '<!-- eval:begin (written by `bun run eval --write`) -->'
const end = '<!-- eval:end -->'

/** Replaces what stands between the marks; what people wrote around them stays. */
export function publish(docs: string, markdown: string): void {
  const file = join(docs, 'detection-quality.md')
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Detection quality\n'
  const from = before.indexOf(begin)
  const to = before.indexOf(end, from)
  const block = `${begin}\n\n${markdown}\n\n${end}`
  const after =
    from === -1 || to === -1
      ? `${before.trimEnd()}\n\n${block}\n`
      : before.slice(0, from) + block + before.slice(to + end.length)
  writeFileSync(file, after)
}

export function publishPlots(docs: string, svgs: ReadonlyMap<string, string>): void {
  const folder = join(docs, 'detection-quality')
  mkdirSync(folder, { recursive: true })
  for (const [name, svg] of svgs) writeFileSync(join(folder, name), svg)
}
