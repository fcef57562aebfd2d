import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { root } from './packages.ts'

/** A page as the formatter wants it, so that what is generated and what is formatted are one. */
export function formatted(path: string, text: string): string {
  const biome = join(root, 'node_modules', '.bin', 'biome')
  const { status, stdout, stderr } = spawnSync(process.execPath, [biome, 'format', `--stdin-file-path=${path}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
  if (status !== 0) throw new Error(`${path} cannot be formatted:\n${stderr}`)
  return stdout
}
