import { globs, ownDetectionTypes, type Policy } from '@sluice/core'
import type { Instances } from './check-instances.ts'
import type { Config } from './config.ts'
import type { AppOptions } from './schema.ts'

/** Rules that match what somebody reports, or some endpoint, but nothing in the AppContext that they are to hold for. */
export function instanceWarnings({ apps, policies }: Config, instances: Instances): string[] {
  return apps.flatMap((app) => {
    const own = policies.filter(({ id }) => app.policies?.includes(id) === true)
    const types = detectedIn(app, instances)
    const endpoints = inspectedIn(app, instances)
    return own.flatMap((policy) => [...ofTypes(policy, app, types), ...ofEndpoints(policy, app, endpoints)])
  })
}

interface DetectedType {
  readonly type: string
  readonly category: string
}

function ofTypes({ id, match }: Policy, app: AppOptions, detected: readonly DetectedType[]): string[] {
  const types = globs(match.types)
  const categories = globs(match.categories)
  const isMet = detected.some(({ type, category }) => types?.(type) !== false && categories?.(category) !== false)
  if (isMet) return []
  const why = app.detectors === undefined ? 'none of its detectors reports' : 'its `detectors` leave out'
  return [`policy ${id} can match nothing in ${app.id}: ${why} what the rule is about`]
}

function ofEndpoints({ id, match }: Policy, app: AppOptions, inspected: readonly (readonly string[])[]): string[] {
  const endpoints = globs(match.endpoints)
  if (endpoints === undefined || inspected.some((names) => names.some(endpoints))) return []
  return [`policy ${id} can match nothing in ${app.id}: its \`endpoints\` are not inspected there`]
}

/** What can be detected in an AppContext: its own instance of a detector stands in the place of the one for all. */
function detectedIn(app: AppOptions, { detectors }: Instances): readonly DetectedType[] {
  const own = detectors.filter((detector) => detector.app === app.id)
  const shared = detectors.filter(({ id, app: of }) => of === undefined && !own.some((other) => other.id === id))
  const found = [...own, ...shared].flatMap(({ instance }) => Object.entries(instance.types))
  const enabled = found.filter(([, { riskCategory }]) => app.detectors?.includes(riskCategory) !== false)
  return [...enabled, ...Object.entries(ownDetectionTypes)].map(([type, { riskCategory }]) => {
    return { type, category: riskCategory }
  })
}

function inspectedIn(app: AppOptions, { adapters }: Instances): readonly (readonly string[])[] {
  const named =
    typeof app.adapter === 'string' ? [app.adapter] : (app.adapter ?? adapters.slice(0, 1).map(({ id }) => id))
  return adapters
    .filter(({ id }) => named.includes(id))
    .flatMap(({ instance }) => instance.operations)
    .filter(({ inspection }) => inspection === 'inspected')
    .map(({ name, path }) => [name, path])
}
