import type { AdapterInstance, DetectorInstance } from '@sluice/core'
import { globs, ownDetectionTypes } from '@sluice/core'
import type { Config } from './config.ts'
import type { Path, Problem } from './problem.ts'
import { didYouMean } from './suggest.ts'

/** What the plugins of a configuration turned out to be, once created. */
export interface Instances {
  readonly adapters: readonly { readonly id: string; readonly instance: AdapterInstance }[]
  /** `app`: the AppContext whose own options made it. */
  readonly detectors: readonly { readonly id: string; readonly instance: DetectorInstance; readonly app?: string }[]
}

/** What can only be known when the plugins are there: a rule that can match nothing is a mistake, not a rule. */
export function checkInstances(config: Config, { adapters, detectors }: Instances): Problem[] {
  const problems: Problem[] = []
  const report = (path: Path, message: string) => problems.push({ code: 'SLUICE_CONFIG_INVALID', path, message })

  const types = new Set([
    ...Object.keys(ownDetectionTypes),
    ...detectors.flatMap(({ instance }) => Object.keys(instance.types)),
  ])
  const categories = new Set([
    ...categoriesOf({ types: ownDetectionTypes }),
    ...detectors.flatMap(({ instance }) => categoriesOf(instance)),
  ])
  const endpoints = new Set(
    adapters.flatMap(({ instance }) => instance.operations.flatMap(({ name, path }) => [name, path])),
  )
  const matching = (path: Path, what: string, patterns: readonly string[] | undefined, known: ReadonlySet<string>) => {
    for (const [index, pattern] of (patterns ?? []).entries()) {
      const matches = globs([pattern])
      if ([...known].some((name) => matches?.(name) === true)) continue
      report([...path, index], `${JSON.stringify(pattern)} matches no ${what}${didYouMean(pattern, [...known])}`)
    }
  }
  for (const [index, { match }] of config.policies.entries()) {
    const path = ['policies', index, 'match']
    matching([...path, 'types'], 'type of any configured detector', match.types, types)
    matching([...path, 'categories'], 'risk category of any configured detector', match.categories, categories)
    matching([...path, 'endpoints'], 'operation of any configured adapter', match.endpoints, endpoints)
  }

  const ids = adapters.map(({ id }) => id)
  for (const [index, app] of config.apps.entries()) {
    for (const [at, { types: allowed }] of (app.allow ?? []).entries()) {
      matching(['apps', index, 'allow', at, 'types'], 'type of any configured detector', allowed, types)
    }
    const chosen = app.adapter
    if (chosen === undefined && ids.length !== 1) {
      const why = ids.length === 0 ? 'no adapter is configured under `plugins`' : `choose one of ${ids.join(', ')}`
      report(['apps', index, 'adapter'], `is missing: ${why}`)
    }
    const named = typeof chosen === 'string' ? [chosen] : (chosen ?? ids.slice(0, 1))
    for (const id of named) {
      if (chosen === undefined || ids.includes(id)) continue
      report(['apps', index, 'adapter'], `there is no adapter ${JSON.stringify(id)}${didYouMean(id, ids)}`)
    }
    const own = adapters.filter(({ id }) => named.includes(id))
    for (const clash of clashes(own)) report(['apps', index, 'adapter'], clash)
    for (const header of Object.keys(app.credentials ?? {})) {
      const known = own.flatMap(({ instance }) => instance.credentialHeaders)
      if (known.includes(header)) continue
      report(
        ['apps', index, 'credentials', header],
        `is no credential header of the adapter; it has ${known.join(', ')}${didYouMean(header, known)}`,
      )
    }
    const detecting = detectors.filter((detector) => detector.app === undefined || detector.app === app.id)
    const enabled = new Set([
      ...categoriesOf({ types: ownDetectionTypes }),
      ...detecting.flatMap(({ instance }) => categoriesOf(instance)),
    ])
    for (const [at, category] of (app.detectors ?? []).entries()) {
      if (enabled.has(category)) continue
      report(
        ['apps', index, 'detectors', at],
        `${JSON.stringify(category)} is no risk category of any configured detector${didYouMean(category, [...enabled])}`,
      )
    }
  }
  return problems
}

/** Endpoints that two adapters of one AppContext have and that nothing tells apart. */
function clashes(adapters: Instances['adapters']): string[] {
  const first = new Map<string, string>()
  const found: string[] = []
  for (const { id, instance } of adapters) {
    for (const { methods, path, toldBy } of instance.operations) {
      for (const method of toldBy === undefined ? methods : []) {
        const endpoint = `${method} ${path}`
        const other = first.get(endpoint)
        if (other === undefined) first.set(endpoint, id)
        else if (other !== id)
          found.push(`${other} and ${id} both have ${endpoint}, and no header tells which is meant`)
      }
    }
  }
  return found.slice(0, 1)
}

function categoriesOf(detector: Pick<DetectorInstance, 'types'>): string[] {
  return Object.values(detector.types).map(({ riskCategory }) => riskCategory)
}
