import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Published, publish as publishPart } from '../bench/publish.ts'

const quality: Published = {
  begin: '<!-- eval:begin (written by `bun run eval --write`) -->',
  end: '<!-- eval:end -->',
  title: '# Detection quality',
}

/** Replaces what stands between the marks; what people wrote around them stays. */
export function publish(docs: string, markdown: string): void {
  publishPart(join(docs, 'detection-quality.md'), markdown, quality)
}

export function publishPlots(docs: string, svgs: ReadonlyMap<string, string>): void {
  const folder = join(docs, 'detection-quality')
  mkdirSync(folder, { recursive: true })
  for (const [name, svg] of svgs) writeFileSync(join(folder, name), svg)
}
