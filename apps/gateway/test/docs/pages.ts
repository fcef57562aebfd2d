import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root: string = fileURLToPath(new URL('../../../../', import.meta.url))

/** Paths of all pages that people read, from the repository's root. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' }).map((name) => `docs/${name}`),
  ...['packages', 'plugins', 'apps', 'examples'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}/README.md`),
  ),
].filter((path) => path.endsWith('.md'))

export function pageText(path: string): string {
  return readFileSync(join(root, path), 'utf8')
}

/** A block of code on a page. */
export interface Fence {
  readonly language: string
  readonly code: string
}

export function fencesOf(path: string): readonly Fence[] {
  return [...pageText(path).matchAll(/^```(\w*)\n(.*?)^```$/gms)].map(([, language = '', code = '']) => ({
    language,
    code,
  }))
}
