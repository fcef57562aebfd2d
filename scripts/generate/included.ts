import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './packages.ts'

const languages: Readonly<Record<string, string>> = { ts: 'ts', json: 'json', yaml: 'yaml' }

/** A file of the repository, verbatim, as a block of code. */
export function included(path: string): string {
  const language = languages[path.slice(path.lastIndexOf('.') + 1)] ?? ''
  return `\`\`\`${language}\n${readFileSync(join(root, path), 'utf8').trimEnd()}\n\`\`\``
}
