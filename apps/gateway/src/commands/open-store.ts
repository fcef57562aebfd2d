import { checkSchema } from '../config/check-schema.ts'
import { ConfigError } from '../config/problem.ts'
import type { ConfigSource } from '../config/read.ts'
import { storeSchema } from '../config/schema.ts'
import { expandSecrets } from '../config/secrets.ts'
import { type OpenStore, openStore } from '../generation/store.ts'
import { loadPlugins } from '../plugins/load.ts'
import { type CommandContext, commandLog } from './context.ts'

/**
 * Opens the store of a configuration and looks at nothing else in it: whoever reads the record needs neither the
 * secrets nor the detectors of the gateway that wrote it.
 */
export async function openStoreOf(
  source: ConfigSource,
  context: CommandContext,
  access: 'read-write' | 'read-only',
): Promise<OpenStore> {
  const root = source.value
  const written = typeof root === 'object' && root !== null && 'store' in root ? root.store : {}
  const { value, problems } = expandSecrets({ store: written }, context.environment)
  const store = typeof value === 'object' && value !== null && 'store' in value ? value.store : {}
  const shape = checkSchema(storeSchema, store, ['store'], 'SLUICE_CONFIG_INVALID')
  const loaded = await loadPlugins({ store }, source.folder)
  const all = [...problems, ...shape, ...loaded.problems]
  if (all.length > 0 || loaded.store === undefined) throw new ConfigError(all, source.origin)
  return openStore(loaded.store, { folder: source.folder, log: commandLog(source, context), access })
}
