import { type KeyRecord, SluiceError } from '@sluice/core'
import type { ConfigSource } from '../config/read.ts'
import { didYouMean } from '../config/suggest.ts'
import { keyRecord } from '../generation/apps.ts'
import { printable } from '../host/log.ts'
import { type CommandContext, openConfig } from './context.ts'
import { newDetectionKey } from './detection-key.ts'
import { openStoreOf } from './open-store.ts'
import { jsonLine, table } from './output.ts'

interface Named {
  readonly config?: string
}

/** Prints the key, this once, and nothing else. */
export async function createKey(
  options: Named & { readonly app: string; readonly name: string; readonly expires?: string },
  context: CommandContext,
): Promise<number> {
  const source = await openConfig(options.config, context)
  const apps = appIds(source)
  if (!apps.includes(options.app)) {
    throw usage(`there is no AppContext ${options.app} in ${source.origin.name}${didYouMean(options.app, apps)}`)
  }
  if (options.name === '' || options.name.length > 200) throw usage('--name takes 1 to 200 characters')
  const expiresAt = options.expires === undefined ? undefined : expiry(options.expires)
  const { app, name } = options
  const { key, record } = newDetectionKey({ app, name, ...(expiresAt === undefined ? {} : { expiresAt }) })
  const store = await openStoreOf(source, context, 'read-write')
  try {
    await store.instance.keys.create(record)
  } finally {
    await store.release()
  }
  await context.output.write(`${key}\n`)
  return 0
}

export async function listKeys(
  options: Named & { readonly app?: string; readonly json?: boolean },
  context: CommandContext,
): Promise<number> {
  const source = await openConfig(options.config, context)
  const store = await openStoreOf(source, context, 'read-only')
  let kept: readonly KeyRecord[]
  try {
    kept = await store.instance.keys.list(options.app)
  } finally {
    await store.release()
  }
  const configured = configuredKeys(source).filter(({ app }) => options.app === undefined || app === options.app)
  const rows = [...kept, ...configured].map((record) => ({
    id: record.id,
    app: record.app,
    name: record.name,
    prefix: record.prefix,
    state: stateOf(record),
    ...(record.createdAt === 0 ? {} : { created: new Date(record.createdAt).toISOString() }),
    ...(record.expiresAt === undefined ? {} : { expires: new Date(record.expiresAt).toISOString() }),
    ...(record.revokedAt === undefined ? {} : { revoked: new Date(record.revokedAt).toISOString() }),
  }))
  const head = ['ID', 'APP', 'NAME', 'PREFIX', 'STATE', 'CREATED', 'EXPIRES']
  const lines = rows.map((row) => [
    row.id,
    row.app,
    row.name,
    row.prefix,
    row.state,
    row.created ?? '',
    row.expires ?? '',
  ])
  await context.output.write(options.json === true ? rows.map(jsonLine).join('') : table([head, ...lines]))
  return 0
}

export async function revokeKey(id: string, options: Named, context: CommandContext): Promise<number> {
  const source = await openConfig(options.config, context)
  const store = await openStoreOf(source, context, 'read-write')
  try {
    const revoked = await store.instance.keys.revoke(id, Date.now())
    if (revoked === undefined) {
      const configured = configuredKeys(source).some((record) => record.id === id)
      throw usage(
        configured
          ? `${id} stands in ${source.origin.name}: take its hash out there`
          : `there is no key ${id}: \`sluice keys list\` shows those there are`,
      )
    }
    context.output.note(`${revoked.id} (${printable(revoked.name)}) is revoked`)
    return 0
  } finally {
    await store.release()
  }
}

function stateOf({ revokedAt, expiresAt }: KeyRecord): 'active' | 'expired' | 'revoked' {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt !== undefined && expiresAt <= Date.now() ? 'expired' : 'active'
}

function expiry(written: string): number {
  const at = /^\d{4}-\d{2}-\d{2}/.test(written) ? Date.parse(written) : Number.NaN
  if (Number.isNaN(at)) throw usage('--expires takes a date (2027-01-31) or a date and time (2027-01-31T12:00:00Z)')
  if (at <= Date.now()) throw usage('--expires lies in the past')
  return at
}

function appIds({ value }: ConfigSource): string[] {
  return listOf(value, 'apps').flatMap((app) => (typeof app['id'] === 'string' ? [app['id']] : []))
}

function configuredKeys({ value }: ConfigSource): KeyRecord[] {
  return listOf(value, 'keys').flatMap(({ app, name, hash, expires }) =>
    typeof app === 'string' && typeof name === 'string' && typeof hash === 'string'
      ? [keyRecord({ app, name, hash, ...(typeof expires === 'string' ? { expires } : {}) })]
      : [],
  )
}

function listOf(root: unknown, key: string): Record<string, unknown>[] {
  const list: unknown = typeof root === 'object' && root !== null ? Reflect.get(root, key) : undefined
  return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : []
}

function usage(message: string): SluiceError {
  return new SluiceError('SLUICE_USAGE', message)
}
