import { Value } from '@sinclair/typebox/value'
import type { Config } from './config.ts'
import { configSchema } from './schema.ts'

/** Fills in everything a valid configuration leaves out. Changes nothing of what it is given. */
export function applyDefaults(valid: unknown): Config {
  // The schema has been checked, and each optional member that Config requires has a default there; ids are added here.
  const config = Value.Default(configSchema, Value.Clone(valid)) as Config
  return {
    ...config,
    store: { ...config.store, options: config.store.options ?? {} },
    plugins: config.plugins.map((plugin) => ({
      ...plugin,
      id: plugin.id ?? plugin.use,
      options: plugin.options ?? {},
    })),
    actorHeader: config.actorHeader.toLowerCase(),
  }
}
