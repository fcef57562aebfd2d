import type { Logger } from '@sluice/core'
import { logOptions } from './config/log-options.ts'
import { readConfig } from './config/read.ts'
import type { Environment } from './config/secrets.ts'
import { buildGeneration, type GenerationContext } from './generation/generation.ts'
import { Reloading } from './generation/reloading.ts'
import { createApp, type Upgrades } from './host/elysia.ts'
import { dropProxies, refuseUnsafe } from './host/environment.ts'
import { type Listener, listen } from './host/listen.ts'
import { createLog } from './host/log.ts'

export interface StartOptions {
  /** Path of the configuration file. */
  readonly config: string
  /** In place of the configuration's. */
  readonly host?: string
  readonly port?: number
  /** What `${env:NAME}` means. Default: the process's own environment. */
  readonly environment?: Environment
  /** Default: standard error, as the configuration says. */
  readonly log?: Logger
  /** Reload when the file changes. Default false. */
  readonly watch?: boolean
}

/** A gateway that listens. */
export interface RunningGateway {
  /** `http://127.0.0.1:8787` */
  readonly url: string
  readonly port: number
  /** Reads the configuration again: whole, or not at all. Never rejects. */
  reload(): Promise<void>
  /** Takes no more requests, lets those under way end as long as `shutdownSeconds` allows, writes everything out. */
  stop(): Promise<void>
}

/**
 * Starts a gateway in this process. It resolves when requests are answered.
 * @throws SluiceError SLUICE_ENVIRONMENT_UNSAFE, SLUICE_LISTEN_FAILED, SLUICE_CONFIG_…, SLUICE_PLUGIN_…
 */
export async function startGateway(options: StartOptions): Promise<RunningGateway> {
  const environment = options.environment ?? process.env
  refuseUnsafe(process.env)
  const ignored = dropProxies(process.env)
  const source = await readConfig(options.config)
  const log = options.log ?? createLog(logOptions(source.value, environment))
  if (ignored.length > 0) log.warn('Proxies of the environment are not used', { variables: ignored })

  const listenAt = {
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
  }
  const context: GenerationContext = { environment, log, listen: listenAt }
  const first = await buildGeneration(source, context)
  for (const warning of first.warnings) log.warn(warning)

  const reloading = new Reloading(first, source.file, context)
  const upgrades: Upgrades = new WeakMap()
  const app = createApp(reloading, log, upgrades)
  let listener: Listener
  try {
    listener = listen((request, upgrade) => {
      if (request.method === 'GET' && request.headers.has('upgrade')) upgrades.set(request, upgrade)
      return app.fetch(request)
    }, first.config.server)
  } catch (error) {
    await first.retire(0)
    throw error
  }
  if (options.watch === true) reloading.watch()
  log.info('Sluice is listening', { url: listener.url })
  return {
    url: listener.url,
    port: listener.port,
    reload: () => reloading.reload(),
    async stop() {
      const quiet = listener.stop()
      await reloading.stop()
      // What the gateway has let go of is over; connections that only linger are not waited for.
      const lingering = setTimeout(() => void listener.kill(), 250)
      await quiet
      clearTimeout(lingering)
    },
  }
}
