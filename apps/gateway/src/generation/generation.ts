import { resolve } from 'node:path'
import { createGateway, type Gateway, type Logger } from '@sluice/core'
import type { Config } from '../config/config.ts'
import type { ConfigSource } from '../config/read.ts'
import type { Environment } from '../config/secrets.ts'
import { hostWith } from '../host/core-host.ts'
import { refuseLoop } from '../host/environment.ts'
import { defaultSpoolFolder, sweepSpools } from '../host/spool.ts'
import type { CreatedPlugin } from '../plugins/create.ts'
import { buildApps, keyRecord } from './apps.ts'
import { checkCreated, createInstances, warningsOf } from './instances.ts'
import { prepare } from './prepare.ts'
import { fingerprintKey, installationSecrets, type OpenStore, openStore, storeKey } from './store.ts'

/** A configuration at work. Several may be for a while: a new one takes over whole, and the old one drains. */
export interface Generation {
  readonly config: Config
  readonly gateway: Gateway
  readonly store: OpenStore
  readonly warnings: readonly string[]
  /** Lets exchanges under way end, at most so long; then closes everything this generation alone used. */
  retire(deadlineMs: number): Promise<void>
}

export interface GenerationContext {
  readonly environment: Environment
  readonly log: Logger
  /** Address that the command line gives in place of the configuration's. */
  readonly listen?: { readonly host?: string; readonly port?: number }
  /** The generation before: its store is used on where the configuration of it is the same. */
  readonly before?: Generation
}

/** Builds a generation, or nothing: when any step fails, what earlier ones opened is closed. */
export async function buildGeneration(source: ConfigSource, context: GenerationContext): Promise<Generation> {
  const { log, environment, before } = context
  const prepared = await prepare(source, environment)
  const config: Config = { ...prepared.config, server: { ...prepared.config.server, ...context.listen } }
  const undo: (() => Promise<void>)[] = []
  try {
    const abort = new AbortController()
    const created = await createInstances(prepared, { log, signal: abort.signal })
    undo.push(() => created.close())
    checkCreated(prepared, created)
    refuseLoop(created.all.flatMap(originsOf), config.server)

    const key = storeKey(prepared.store, source.folder)
    const store =
      before?.store.key === key
        ? before.store.retain()
        : await openStore(prepared.store, { folder: source.folder, log, access: 'read-write' })
    undo.push(() => store.release())
    await store.instance.check()
    const secrets = await installationSecrets(store.instance)

    const spoolFolder = resolve(source.folder, config.server.spoolFolder ?? defaultSpoolFolder())
    const swept = sweepSpools(spoolFolder)
    if (swept > 0) log.info('Files that a killed gateway had left were removed', { files: swept })

    const gateway = createGateway({
      instance: config.server.instance ?? secrets.instance,
      apps: buildApps(config, created.all),
      keys: config.keys.map(keyRecord),
      store: store.instance,
      host: hostWith(spoolFolder),
      log,
      limits: config.limits,
      timeouts: config.timeouts,
      trust: config.trust,
      actorHeader: config.actorHeader,
      hmacKey: secrets.hmacKey,
      fingerprintKey: await fingerprintKey(store.instance, config.fingerprintKey),
      maxQueuedEvents: config.limits.maxQueuedEvents,
      maxKeyRefusals: config.limits.maxKeyRefusals,
    })
    return {
      config,
      gateway,
      store,
      warnings: warningsOf(prepared, created),
      async retire(deadlineMs) {
        try {
          await gateway.close(deadlineMs)
        } finally {
          abort.abort()
          for (const step of undo.toReversed()) await step()
        }
      },
    }
  } catch (error) {
    for (const step of undo.toReversed()) await step()
    throw error
  }
}

function originsOf(created: CreatedPlugin): readonly string[] {
  return created.kind === 'adapter' ? created.instance.origins : []
}
