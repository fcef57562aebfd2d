import { checkShape } from '../config/check-shape.ts'
import type { Config } from '../config/config.ts'
import { crossCheck } from '../config/cross-check.ts'
import { applyDefaults } from '../config/defaults.ts'
import { ConfigError, type Path, type Problem, pathText } from '../config/problem.ts'
import type { ConfigSource } from '../config/read.ts'
import { type Environment, expandSecrets } from '../config/secrets.ts'
import { type LoadedPlugin, loadPlugins } from '../plugins/load.ts'

/** A configuration without a fault that can be seen before its plugins are made. */
export interface Prepared {
  readonly source: ConfigSource
  readonly config: Config
  readonly store: LoadedPlugin
  readonly plugins: readonly LoadedPlugin[]
}

/** Both passes, the configuration's own and that of the plugins' options. @throws ConfigError, with all that is wrong */
export async function prepare(source: ConfigSource, environment: Environment): Promise<Prepared> {
  const { value, problems: secrets } = expandSecrets(source.value, environment)
  const shape = checkShape(value)
  const config = shape.length === 0 ? applyDefaults(value) : undefined
  const names = config === undefined ? [] : crossCheck(config)
  const { store, plugins, problems: options } = await loadPlugins(value, source.folder)
  const problems = firstByPath([...secrets, ...shape, ...names, ...options])
  if (problems.length > 0 || config === undefined || store === undefined) throw new ConfigError(problems, source.origin)
  return { source, config, store, plugins }
}

/** One mistake often fails two checks; the first says it best: a secret that is missing is also a text too short. */
function firstByPath(problems: readonly Problem[]): Problem[] {
  const byPath = new Map<string, Problem>()
  const known = (path: Path) => byPath.has(pathText(path))
  for (const problem of problems) if (!known(problem.path)) byPath.set(pathText(problem.path), problem)
  return [...byPath.values()]
}
