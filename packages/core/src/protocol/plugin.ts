import type { TSchema } from '@sinclair/typebox'
import type { Json, MaybePromise } from './json.ts'

export interface Logger {
  debug(message: string, fields?: Readonly<Record<string, Json>>): void
  info(message: string, fields?: Readonly<Record<string, Json>>): void
  warn(message: string, fields?: Readonly<Record<string, Json>>): void
  error(message: string, fields?: Readonly<Record<string, Json>>): void
}

/** Lives as long as the plugin instance. */
export interface SetupContext {
  /** The id this instance has in the configuration. */
  readonly instance: string
  /** Folder that relative paths in the options are relative to: the configuration file's. */
  readonly folder: string
  readonly log: Logger
  /** Aborted on shutdown and on reload. */
  readonly signal: AbortSignal
  readonly now: () => number
  /** For stores: commands that run beside a gateway open it read-only. Absent: read-write. */
  readonly access?: 'read-write' | 'read-only'
}

/** Lives as long as one exchange. */
export interface CallContext {
  readonly exchange: string
  readonly app: string
  readonly operation: string
  readonly model?: string
  /** Aborted when the client leaves, the deadline passes, or the exchange is already decided. */
  readonly signal: AbortSignal
}

export interface PluginMeta {
  /** The npm or JSR package name, and `#name` if the package holds several plugins. */
  readonly name: string
  readonly version: string
  /** One sentence. */
  readonly description: string
}

/** A TypeBox 0.34 schema whose static type is `Options`. Options types are written by hand so declarations stay fast. */
export type OptionsSchema<Options> = TSchema & { readonly static: Options }

/** What every plugin's default export is. Structural: `define*` is optional, two copies of this package may meet. */
export interface Definition<Kind extends string, Options, Instance> {
  readonly kind: Kind
  readonly spec: 'v1'
  readonly meta: PluginMeta
  readonly options: OptionsSchema<Options>
  /** Called once per configured instance, with defaults applied and options validated. */
  create(options: Options, ctx: SetupContext): MaybePromise<Instance & Closeable>
}

export interface Closeable {
  /** Called once, also when a later step of loading failed. */
  close?(): MaybePromise<void>
}
