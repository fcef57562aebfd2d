import { Value } from '@sinclair/typebox/value'
import type { LogOptions } from '../host/log.ts'
import { logSchema } from './schema.ts'
import { type Environment, expandSecrets } from './secrets.ts'

/** How to log while the rest of a configuration is still being checked; the defaults where this part is wrong too. */
export function logOptions(root: unknown, environment: Environment): LogOptions {
  const written = typeof root === 'object' && root !== null && 'log' in root ? root.log : {}
  const { value, problems } = expandSecrets(written, environment)
  const usable = problems.length === 0 && Value.Check(logSchema, value) ? value : {}
  return { level: usable.level ?? 'info', format: usable.format ?? 'json' }
}
