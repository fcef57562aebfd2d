import { realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { root } from './run.ts'

/** The Deno binary that the registry's package ships. Its launcher needs Node, and would stand between us and signals. */
export function denoBinary(): string {
  const manifest = realpathSync(join(root, 'node_modules', 'deno', 'package.json'))
  const libc = process.platform === 'linux' ? '-glibc' : ''
  const platform = `@deno/${process.platform}-${process.arch}${libc}`
  const found = createRequire(manifest).resolve(`${platform}/package.json`)
  return join(dirname(found), process.platform === 'win32' ? 'deno.exe' : 'deno')
}
