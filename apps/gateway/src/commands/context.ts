import { SluiceError } from '@sluice/core'
import { logOptions } from '../config/log-options.ts'
import { type ConfigSource, defaultFiles, findConfig, readConfig } from '../config/read.ts'
import type { Environment } from '../config/secrets.ts'
import { createLog } from '../host/log.ts'
import type { Output } from './output.ts'

/** What a command works with; tests bring their own. */
export interface CommandContext {
  readonly folder: string
  readonly environment: Environment
  readonly output: Output
}

/** The configuration a command is about. @throws SluiceError SLUICE_CONFIG_NOT_FOUND */
export function openConfig(named: string | undefined, { folder }: CommandContext): Promise<ConfigSource> {
  const file = findConfig(named, folder)
  if (file !== undefined) return readConfig(file)
  throw new SluiceError(
    'SLUICE_CONFIG_NOT_FOUND',
    `there is no configuration here (${defaultFiles.join(', ')}): name one with --config, or run \`sluice serve\` to have one written`,
  )
}

/** Commands log what plugins have to say, and nothing below a warning. */
export function commandLog(source: ConfigSource, { environment }: CommandContext) {
  const options = logOptions(source.value, environment)
  return createLog({ format: options.format, level: options.level === 'error' ? 'error' : 'warn' })
}
