import { type App, completeAppContext, type KeyRecord, type OnError, SluiceError } from '@sluice/core'
import type { Config, KeyEntry } from '../config/config.ts'
import type { AppOptions } from '../config/schema.ts'
import type { CreatedPlugin } from '../plugins/create.ts'

/** Looks up everything the AppContexts of a checked configuration name. */
export function buildApps(config: Config, created: readonly CreatedPlugin[]): App[] {
  return config.apps.map((app) => buildApp(app, config, created))
}

function buildApp(options: AppOptions, config: Config, created: readonly CreatedPlugin[]): App {
  const { plugins: _, ...written } = options
  const own = config.plugins.flatMap((entry) => {
    const found = instanceFor(entry.id, options.id, created)
    return found === undefined ? [] : [{ entry, found }]
  })
  const call = (entry: { readonly id: string; readonly onError: OnError; readonly timeoutMs: number }) => ({
    id: entry.id,
    onError: entry.onError,
    timeoutMs: entry.timeoutMs,
  })

  const adapters = own.flatMap(({ entry, found }) =>
    found.kind === 'adapter' ? [{ id: entry.id, instance: found.instance }] : [],
  )
  const adapter = adapters.find(({ id }) => options.adapter === undefined || id === options.adapter)
  if (adapter === undefined) throw new SluiceError('SLUICE_CONFIG_INVALID', `${options.id} has no adapter`)
  const policies = config.policies.filter(({ id }) => options.policies?.includes(id) === true)
  return {
    context: completeAppContext(written, adapter.id),
    adapter,
    detectors: own.flatMap(({ entry, found }) =>
      found.kind === 'detector' ? [{ ...call(entry), instance: found.instance }] : [],
    ),
    toolFilters: own.flatMap(({ entry, found }) =>
      found.kind === 'tool-filter' ? [{ ...call(entry), instance: found.instance }] : [],
    ),
    policies,
  }
}

/** The AppContext's own instance, or else the one for all. */
function instanceFor(id: string, app: string, created: readonly CreatedPlugin[]): CreatedPlugin | undefined {
  const ofId = created.filter(({ plugin }) => plugin.id === id)
  return ofId.find(({ plugin }) => plugin.app === app) ?? ofId.find(({ plugin }) => plugin.app === undefined)
}

/** A key of the configuration as a store would keep it. Of the key itself only the hash is known. */
export function keyRecord({ app, name, hash, expires }: KeyEntry): KeyRecord {
  return {
    id: `key_${hash.slice('sha256:'.length, 'sha256:'.length + 12)}`,
    app,
    name,
    hash,
    prefix: 'detect_live_',
    createdAt: 0,
    ...(expires === undefined ? {} : { expiresAt: Date.parse(expires) }),
  }
}
