import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Logger } from '../../packages/core/src/index.ts'

export const root: string = join(import.meta.dirname, '..', '..')

/** For plugins that are created only to be asked what they are. */
export const quiet: Logger = { debug() {}, info() {}, warn() {}, error() {} }

/** Names of the packages in a folder of the repository, in order of their folders. */
export function packagesIn(group: string, prefix = ''): string[] {
  const folders = readdirSync(join(root, group)).filter((name) => name.startsWith(prefix))
  return folders.toSorted().map((folder) => {
    const { name } = JSON.parse(readFileSync(join(root, group, folder, 'package.json'), 'utf8'))
    return String(name)
  })
}
