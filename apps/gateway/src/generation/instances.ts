import type { Logger } from '@sluice/core'
import { checkInstances, type Instances } from '../config/check-instances.ts'
import { instanceWarnings } from '../config/instance-warnings.ts'
import { ConfigError } from '../config/problem.ts'
import { configWarnings } from '../config/warnings.ts'
import type { CreatedPlugin } from '../plugins/create.ts'
import { type CreatedPlugins, createPlugins } from '../plugins/create-all.ts'
import type { LoadedPlugin } from '../plugins/load.ts'
import type { PluginInstance } from '../plugins/validate-instance.ts'
import type { Prepared } from './prepare.ts'

export interface InstancesContext {
  readonly log: Logger
  readonly signal: AbortSignal
}

/**
 * Creates a configuration's plugins, except its store; those of some kinds only where no more is needed.
 * @throws ConfigError; then everything that was created is closed again
 */
export async function createInstances(
  { source, plugins }: Prepared,
  { log, signal }: InstancesContext,
  kinds?: readonly PluginInstance['kind'][],
): Promise<CreatedPlugins> {
  const wanted: readonly LoadedPlugin[] = plugins.filter(
    ({ definition }) => kinds === undefined || kinds.includes(definition.kind),
  )
  const created = await createPlugins(wanted, { folder: source.folder, log, signal, access: 'read-write' })
  if (created.problems.length === 0) return created
  await created.close()
  throw new ConfigError(created.problems, source.origin)
}

/** What only the instances show to be wrong. @throws ConfigError */
export function checkCreated({ config, source }: Prepared, created: CreatedPlugins): void {
  const problems = checkInstances(config, sortedByKind(created.all))
  if (problems.length > 0) throw new ConfigError(problems, source.origin)
}

/** All that is allowed and cannot do what it says. */
export function warningsOf({ config }: Prepared, created: CreatedPlugins): readonly string[] {
  return [...configWarnings(config), ...instanceWarnings(config, sortedByKind(created.all))]
}

function sortedByKind(all: readonly CreatedPlugin[]): Instances {
  const adapters: Instances['adapters'][number][] = []
  const detectors: Instances['detectors'][number][] = []
  for (const created of all) {
    const { id, app } = created.plugin
    if (created.kind === 'adapter' && app === undefined) adapters.push({ id, instance: created.instance })
    if (created.kind === 'detector') {
      detectors.push({ id, instance: created.instance, ...(app === undefined ? {} : { app }) })
    }
  }
  return { adapters, detectors }
}
