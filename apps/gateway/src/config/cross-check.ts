import { allowProblems } from './allow-list.ts'
import type { Config } from './config.ts'
import type { Path, Problem } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** What no schema can say: ids that stand twice and names of what is not there. */
export function crossCheck(config: Config): Problem[] {
  const problems: Problem[] = []
  const report = (path: Path, message: string) => problems.push({ code: 'SLUICE_CONFIG_INVALID', path, message })

  const unique = (section: string, key: string, values: readonly string[]) => {
    const first = new Map<string, number>()
    for (const [index, value] of values.entries()) {
      const earlier = first.get(value)
      if (earlier === undefined) first.set(value, index)
      else report([section, index, key], `stands twice: ${section}[${earlier}] has the same ${key}`)
    }
  }
  const known = (path: Path, what: string, name: string, names: readonly string[]) => {
    if (names.includes(name)) return
    report(path, `there is no ${what} ${JSON.stringify(name)}${didYouMean(name, names)}`)
  }

  const apps = config.apps.map((app) => app.id)
  const policies = config.policies.map((policy) => policy.id)
  const plugins = config.plugins.map((plugin) => plugin.id)
  unique('apps', 'id', apps)
  unique('policies', 'id', policies)
  unique('plugins', 'id', plugins)
  unique(
    'keys',
    'hash',
    config.keys.map((key) => key.hash),
  )

  for (const [index, app] of config.apps.entries()) {
    for (const [at, policy] of (app.policies ?? []).entries()) {
      known(['apps', index, 'policies', at], 'policy', policy, policies)
    }
    for (const { path, message } of allowProblems(app.allow ?? [])) report(['apps', index, 'allow', ...path], message)
    const overrides = app.plugins ?? []
    for (const [at, override] of overrides.entries()) {
      known(['apps', index, 'plugins', at, 'id'], 'plugin', override.id, plugins)
      if (overrides.findIndex((other) => other.id === override.id) < at) {
        report(['apps', index, 'plugins', at, 'id'], 'stands twice in this AppContext')
      }
    }
  }
  for (const [index, key] of config.keys.entries()) {
    known(['keys', index, 'app'], 'AppContext', key.app, apps)
    if (key.expires !== undefined && Number.isNaN(Date.parse(key.expires))) {
      report(['keys', index, 'expires'], 'is no date that exists')
    }
  }
  return problems
}
