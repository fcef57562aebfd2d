import { findConfig, readConfig } from '../config/read.ts'
import { startGateway } from '../start.ts'
import { type CommandContext, commandLog } from './context.ts'
import { createDemoKey, keyHint, ownName, welcome, writeDemoConfig } from './first-run.ts'

export interface ServeOptions {
  readonly config?: string
  readonly host?: string
  readonly port?: number
}

/** Serves until told to stop; SIGHUP reads the configuration again. */
export async function serve(options: ServeOptions, context: CommandContext): Promise<number> {
  const found = findConfig(options.config, context.folder)
  const file = found ?? writeDemoConfig(context.folder)
  const { output } = context
  if (found === undefined) output.note(`Wrote ${file}: everything is detected and recorded, nothing is changed.`)

  const log = commandLog(await readConfig(file), context)
  // On Deno a plugin's promise, rejected where nobody waits for one, would end the process. Its reason may be a secret.
  process.on('unhandledRejection', () => log.error('A promise was rejected and nobody heard it'))
  // Before anything listens: whoever sees the gateway answer may send it signals.
  const stopped = stopSignal()
  let reload = (): void => undefined
  process.on('SIGHUP', () => reload())
  const gateway = await startGateway({
    config: file,
    environment: context.environment,
    watch: true,
    ...(options.host === undefined ? {} : { host: options.host }),
    ...(options.port === undefined ? {} : { port: options.port }),
  })
  reload = () => void gateway.reload()
  if (found === undefined) {
    const sluice = ownName(context.environment)
    const onTerminal = process.stderr.isTTY === true
    output.note(onTerminal ? welcome(gateway.url, await createDemoKey(file, context), sluice) : keyHint(sluice))
  }
  await stopped
  await gateway.stop()
  return 0
}

/** A terminal tells the whole group, and a script runner passes on what it was told: one Ctrl-C may come twice. */
const sameRequestMs = 500

/** Resolves at the first request to stop; at the second the process ends at once. */
function stopSignal(): Promise<void> {
  return new Promise((resolve) => {
    let asked: number | undefined
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.on(signal, () => {
        if (asked === undefined) {
          asked = performance.now()
          resolve()
        } else if (performance.now() - asked > sameRequestMs) process.exit(1)
      })
    }
  })
}
