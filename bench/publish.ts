import { existsSync, readFileSync, writeFileSync } from 'node:fs'

/** Marks of one command's part of a page, and the title of a page that is not there yet. */
export interface Published {
  readonly begin: string
  readonly end: string
  readonly title: string
}

const performance: Published = {
  begin: '<!-- bench:begin (written by `bun run bench`) -->',
  end: '<!-- bench:end -->',
  title: '# Performance',
}

/** Replaces what stands between the markers; a file without them gets them at its end. */
export function publish(file: string, markdown: string, { begin, end, title }: Published = performance): void {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : `${title}\n`
  const from = before.indexOf(begin)
  const to = before.indexOf(end, from)
  const block = `${begin}\n\n${markdown}\n\n${end}`
  const after =
    from === -1 || to === -1
      ? `${before.trimEnd()}\n\n${block}\n`
      : before.slice(0, from) + block + before.slice(to + end.length)
  writeFileSync(file, after)
}
