import { isSluiceError, type Logger, type SetupContext, SluiceError } from '@sluice/core'
import type { LoadedPlugin } from './load.ts'
import { type PluginInstance, validateInstance } from './validate-instance.ts'

/** A plugin at work. */
export type CreatedPlugin = PluginInstance & { readonly plugin: LoadedPlugin; close(): Promise<void> }

export interface CreateContext {
  readonly folder: string
  readonly log: Logger
  readonly signal: AbortSignal
  readonly access: NonNullable<SetupContext['access']>
}

/**
 * Makes one instance. What it made is closed again if it turns out to be of no use.
 * @throws SluiceError SLUICE_PLUGIN_FAILED, SLUICE_PLUGIN_INVALID, or the plugin's own
 */
export async function createPlugin(plugin: LoadedPlugin, context: CreateContext): Promise<CreatedPlugin> {
  const { definition, id } = plugin
  let made: unknown
  try {
    // The options were checked by this very definition's schema; `never` only says that they are nobody else's.
    made = await definition.create(plugin.options as never, { ...context, instance: id, now: Date.now })
  } catch (error) {
    if (isSluiceError(error)) throw error
    const why = error instanceof Error ? error.message : String(error)
    throw new SluiceError('SLUICE_PLUGIN_FAILED', why, { plugin: id, hook: 'create', cause: error })
  }
  const close = closer(made, id, context.log)
  try {
    return { ...validateInstance(definition.kind, made, id), plugin, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** Closes at most once, and never throws: what comes after must be closed too. */
function closer(made: unknown, plugin: string, log: Logger): () => Promise<void> {
  let closed = false
  return async () => {
    if (closed || typeof made !== 'object' || made === null) return
    closed = true
    const close: unknown = Reflect.get(made, 'close')
    if (typeof close !== 'function') return
    try {
      await close.call(made)
    } catch {
      log.warn('A plugin failed while it was closed', { code: 'SLUICE_PLUGIN_FAILED', plugin, hook: 'close' })
    }
  }
}
