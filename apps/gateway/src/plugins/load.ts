import { isSluiceError, type PluginDefinition, type SluiceErrorCode } from '@sluice/core'
import type { Path, Problem } from '../config/problem.ts'
import { checkDefinition } from './definition.ts'
import { checkOptions, mergeOptions, type Options } from './options.ts'
import { resolvePlugin, splitUse } from './resolve.ts'

/** A plugin that was found and whose options hold, not created yet. */
export interface LoadedPlugin {
  readonly id: string
  readonly definition: PluginDefinition
  readonly options: Options
  /** Where it stands in the configuration. */
  readonly path: Path
  /** Id of the AppContext these options are for; absent: for all that have none of their own. */
  readonly app?: string
}

export interface Loaded {
  readonly store: LoadedPlugin | undefined
  readonly plugins: readonly LoadedPlugin[]
  readonly problems: readonly Problem[]
}

const defaultStore = '@sluice/store-sqlite'

/**
 * Finds every plugin a configuration names and checks its options. Takes whatever has the right shape and passes by
 * what has not, so that all errors of a configuration can be told together.
 */
export async function loadPlugins(value: unknown, folder: string): Promise<Loaded> {
  const problems: Problem[] = []
  const plugins: LoadedPlugin[] = []

  const load = async (entry: Entry, path: Path, wanted: 'store' | 'plugin'): Promise<LoadedPlugin | undefined> => {
    let definition: PluginDefinition
    try {
      definition = await loadDefinition(entry.use, folder)
    } catch (error) {
      problems.push({ ...faultOf(error), path: [...path, 'use'] })
      return undefined
    }
    if ((definition.kind === 'store') !== (wanted === 'store')) {
      const message =
        wanted === 'store' ? `is no store but a plugin of kind ${definition.kind}` : 'is a store: name it under `store`'
      problems.push({ code: 'SLUICE_CONFIG_INVALID', path: [...path, 'use'], message })
      return undefined
    }
    const checked = checkOptions(definition, entry.options, [...path, 'options'])
    problems.push(...checked.problems)
    return { id: entry.id, definition, options: checked.options, path }
  }

  const root = isObject(value) ? value : {}
  const store = await load(entryOf(root['store'] ?? {}, defaultStore), ['store'], 'store')
  for (const [index, written] of listOf(root['plugins']).entries()) {
    const entry = entryOf(written)
    if (entry.use === '') continue
    const loaded = await load(entry, ['plugins', index], 'plugin')
    if (loaded !== undefined) plugins.push(loaded)
  }

  const overrides: LoadedPlugin[] = []
  for (const [index, app] of listOf(root['apps']).entries()) {
    if (!isObject(app)) continue
    for (const [at, override] of listOf(app['plugins']).entries()) {
      if (!isObject(override)) continue
      const base = plugins.find((plugin) => plugin.id === override['id'])
      if (base === undefined || !isObject(override['options']) || typeof app['id'] !== 'string') continue
      const path = ['apps', index, 'plugins', at]
      const checked = checkOptions(base.definition, mergeOptions(base.options, override['options']), [
        ...path,
        'options',
      ])
      problems.push(...checked.problems)
      overrides.push({ ...base, options: checked.options, path, app: app['id'] })
    }
  }
  return { store, plugins: [...plugins, ...overrides], problems }
}

/** @throws SluiceError SLUICE_PLUGIN_NOT_FOUND, SLUICE_PLUGIN_INVALID, SLUICE_PLUGIN_SPEC_UNSUPPORTED */
export async function loadDefinition(use: string, folder: string): Promise<PluginDefinition> {
  const { specifier, exported } = splitUse(use)
  const url = resolvePlugin(specifier, folder)
  const module: Readonly<Record<string, unknown>> = await import(url.href)
  return checkDefinition(Object.hasOwn(module, exported) ? module[exported] : undefined, use)
}

function faultOf(error: unknown): { readonly code: SluiceErrorCode; readonly message: string } {
  if (isSluiceError(error)) return { code: error.code, message: error.message }
  const why = error instanceof Error ? error.message : String(error)
  return { code: 'SLUICE_PLUGIN_FAILED', message: `its module cannot be loaded: ${why}` }
}

interface Entry {
  readonly use: string
  readonly id: string
  readonly options: Options
}

function entryOf(written: unknown, fallback = ''): Entry {
  const entry = isObject(written) ? written : {}
  const use = typeof entry['use'] === 'string' ? entry['use'] : fallback
  const id = typeof entry['id'] === 'string' ? entry['id'] : use
  return { use, id, options: isObject(entry['options']) ? entry['options'] : {} }
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
