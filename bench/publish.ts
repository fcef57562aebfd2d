import { existsSync, readFileSync, writeFileSync } from 'node:fs'

const begin = '<!-- bench:begin (written by `bun run bench`) -->'
const end = '<!-- bench:end -->'

/** Replaces what stands between the markers; a file without them gets them at its end. */
export function publish(file: string, markdown: string): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '# Performance\n'
  const from = before.indexOf(begin)
  const to = before.indexOf(end, from)
  const block = `${begin}\n\n${markdown}\n\n${end}`
  const after =
    from === -1 || to === -1
      ? `${before.trimEnd()}\n\n${block}\n`
      : before.slice(0, from) + block + before.slice(to + end.length)
  writeFileSync(file, after)
}
