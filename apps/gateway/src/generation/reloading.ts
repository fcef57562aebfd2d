import { unwatchFile, watchFile } from 'node:fs'
import { type Gateway, isSluiceError } from '@sluice/core'
import { readConfig } from '../config/read.ts'
import { buildGeneration, type Generation, type GenerationContext } from './generation.ts'

/** Holds the generation that serves, and puts another in its place when the configuration changes. */
export class Reloading {
  private current: Generation
  private readonly file: string
  private readonly context: GenerationContext
  private readonly retiring = new Set<Promise<void>>()
  private working: Promise<void> = Promise.resolve()
  private stopped = false

  constructor(first: Generation, file: string, context: GenerationContext) {
    this.current = first
    this.file = file
    this.context = context
  }

  get gateway(): Gateway {
    return this.current.gateway
  }

  get config(): Generation['config'] {
    return this.current.config
  }

  /** Looks at the file's time: a watch of the file itself is lost when an editor puts another in its place. */
  watch(intervalMs = 1000): void {
    watchFile(this.file, { interval: intervalMs, persistent: false }, (now, before) => {
      if (now.mtimeMs !== before.mtimeMs && now.mtimeMs !== 0) void this.reload()
    })
  }

  /** One at a time. Never rejects: a generation that cannot be built is told of, and the one that serves serves on. */
  reload(): Promise<void> {
    this.working = this.working.then(() => this.take())
    return this.working
  }

  private async take(): Promise<void> {
    if (this.stopped) return
    const { log } = this.context
    const old = this.current
    try {
      const next = await buildGeneration(await readConfig(this.file), { ...this.context, before: old })
      for (const warning of next.warnings) log.warn(warning)
      const { host, port } = next.config.server
      if (host !== old.config.server.host || port !== old.config.server.port) {
        log.warn('The address to listen on changed; it is taken at the next start')
      }
      this.current = next
      // Keys and AppContexts that the new one does not know, or suspends, end what is under way under the old one too.
      old.gateway.supersede(next.gateway)
      log.info('The configuration was reloaded')
    } catch (error) {
      const code = isSluiceError(error) ? error.code : 'SLUICE_CONFIG_INVALID'
      const reason = error instanceof Error ? error.message : String(error)
      log.error('The configuration was not reloaded; the one before it serves on', { code, reason })
      return
    }
    const retired = old.retire(old.config.server.shutdownSeconds * 1000).catch(() => {
      log.error('The generation before could not be closed in order')
    })
    this.retiring.add(retired)
    void retired.finally(() => this.retiring.delete(retired))
  }

  /** Ends the generation that serves and waits for those that drain. */
  async stop(): Promise<void> {
    this.stopped = true
    unwatchFile(this.file)
    await this.working
    await this.current.retire(this.current.config.server.shutdownSeconds * 1000)
    await Promise.all(this.retiring)
  }
}
