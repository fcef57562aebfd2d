import { isSluiceError } from '@sluice/core'
import type { Problem } from '../config/problem.ts'
import { type CreateContext, type CreatedPlugin, createPlugin } from './create.ts'
import type { LoadedPlugin } from './load.ts'

export interface CreatedPlugins {
  readonly all: readonly CreatedPlugin[]
  readonly problems: readonly Problem[]
  /** In the reverse order of creation. */
  close(): Promise<void>
}

/** Creates every plugin, in order, and tells all that failed together. */
export async function createPlugins(plugins: readonly LoadedPlugin[], context: CreateContext): Promise<CreatedPlugins> {
  const all: CreatedPlugin[] = []
  const problems: Problem[] = []
  for (const plugin of plugins) {
    try {
      all.push(await createPlugin(plugin, context))
    } catch (error) {
      if (!isSluiceError(error)) throw error
      problems.push({ code: error.code, path: plugin.path, message: error.message })
    }
  }
  return {
    all,
    problems,
    async close() {
      for (const created of all.toReversed()) await created.close()
    },
  }
}
