import type { AdapterDefinition } from './adapter.ts'
import type { DetectorDefinition } from './detector.ts'
import type { StoreDefinition } from './store.ts'
import type { ToolFilterDefinition } from './tool-filter.ts'

/** Any plugin, as the loader meets it: what its options are, its own schema says. */
// `never`: a definition for particular options takes those options only, and the loader has checked them by the schema.
export type PluginDefinition =
  | AdapterDefinition<never>
  | DetectorDefinition<never>
  | ToolFilterDefinition<never>
  | StoreDefinition<never>

export function defineAdapter<Options>(plugin: AdapterDefinition<Options>): AdapterDefinition<Options> {
  return plugin
}

export function defineDetector<Options, Code extends string = string>(
  plugin: DetectorDefinition<Options, Code>,
): DetectorDefinition<Options, Code> {
  return plugin
}

export function defineToolFilter<Options>(plugin: ToolFilterDefinition<Options>): ToolFilterDefinition<Options> {
  return plugin
}

export function defineStore<Options>(plugin: StoreDefinition<Options>): StoreDefinition<Options> {
  return plugin
}
