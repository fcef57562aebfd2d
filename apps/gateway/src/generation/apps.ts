import { type App, completeAppContext, type KeyRecord, type OnError, SluiceError } from '@sluice/core'
import { allowList } from '../config/allow-list.ts'
import type { Config, KeyEntry } from '../config/config.ts'
import type { AppOptions } from '../config/schema.ts'
import { coreHost } from '../host/core-host.ts'
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
  const named = typeof options.adapter === 'string' ? [options.adapter] : options.adapter
  const chosen =
    named === undefined ? adapters.slice(0, 1) : named.flatMap((name) => adapters.filter(({ id }) => id === name))
  const [first] = chosen
  if (first === undefined) throw new SluiceError('SLUICE_CONFIG_INVALID', `${options.id} has no adapter`)
  const policies = config.policies.filter(({ id }) => options.policies?.includes(id) === true)
  const allows = allowList(options.allow)
  return {
    context: completeAppContext(written, first.id),
    adapters: chosen,
    judgedBy: judgedBy(options, config),
    detectors: own.flatMap(({ entry, found }) =>
      found.kind === 'detector' ? [{ ...call(entry), instance: found.instance }] : [],
    ),
    toolFilters: own.flatMap(({ entry, found }) =>
      found.kind === 'tool-filter' ? [{ ...call(entry), instance: found.instance }] : [],
    ),
    policies,
    ...(allows === undefined ? {} : { allows }),
  }
}

/** A hash of what the configuration says about judging this AppContext's requests. */
function judgedBy(
  { id, policies, allowedModels, allow, detectors, privateUrls, plugins }: AppOptions,
  config: Config,
): string {
  const rules = config.policies.filter((policy) => policies?.includes(policy.id) === true)
  const said = { id, rules, allowedModels, allow, detectors, privateUrls, own: plugins, plugins: config.plugins }
  return coreHost.sha256(JSON.stringify(said))
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
