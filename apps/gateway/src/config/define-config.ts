import type { ConfigOptions } from './schema.ts'

/** For `sluice.config.ts`: gives the configuration its type and changes nothing. */
export function defineConfig(config: ConfigOptions): ConfigOptions {
  return config
}
