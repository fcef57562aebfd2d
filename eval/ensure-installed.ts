// Runs before `bun run eval`: installs what only the evaluation needs, where it is missing or the lockfile has changed.
// Imports nothing but `node:` modules.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))
const stamp = here('./node_modules/.sluice-installed')
const lockfile = createHash('sha256')
  .update(readFileSync(here('./bun.lock')))
  .digest('hex')

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== lockfile) {
  console.error('installing what detection is compared with, and what draws its figures, into eval/node_modules')
  const command = ['install', '--frozen-lockfile', '--ignore-scripts']
  const { status } = spawnSync(process.execPath, command, { cwd: here('.'), stdio: ['ignore', 2, 2] })
  if (status === 0) writeFileSync(stamp, lockfile)
  else process.exitCode = 1
}
