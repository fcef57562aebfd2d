import type { Limits, Timeouts, TrustSettings } from '@sluice/core'
import type { AppOptions, ConfigOptions } from './schema.ts'

type Filled<T, Optional extends keyof T = never> = {
  readonly [Key in Exclude<keyof T, Optional>]-?: Exclude<T[Key], undefined>
} & {
  readonly [Key in Optional]?: T[Key]
}
type Section<Key extends keyof ConfigOptions> = NonNullable<ConfigOptions[Key]>
type Item<List> = List extends readonly (infer Of)[] ? Of : never

export type PluginEntry = Filled<Item<Section<'plugins'>>>
export type StoreEntry = Filled<Section<'store'>>
export type KeyEntry = Item<Section<'keys'>>

/** A configuration that has been validated, with all defaults in it. */
export interface Config {
  readonly server: Filled<Section<'server'>, 'instance' | 'spoolFolder'>
  readonly store: StoreEntry
  readonly plugins: readonly PluginEntry[]
  readonly apps: readonly AppOptions[]
  readonly policies: Section<'policies'>
  readonly keys: readonly KeyEntry[]
  readonly actorHeader: string
  readonly fingerprintKey: string
  readonly trust: TrustSettings
  readonly limits: Limits & { readonly maxQueuedEvents: number; readonly maxKeyRefusals: number }
  readonly timeouts: Timeouts
  readonly log: Filled<Section<'log'>>
}
