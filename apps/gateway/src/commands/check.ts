import { checkCreated, createInstances, warningsOf } from '../generation/instances.ts'
import { prepare } from '../generation/prepare.ts'
import { printable } from '../host/log.ts'
import { type CommandContext, commandLog, openConfig } from './context.ts'
import { errorText } from './output.ts'

/** Everything that loading does, short of opening the store. Answers the exit code: 0 valid, 1 not. */
export async function check(options: { readonly config?: string }, context: CommandContext): Promise<number> {
  const { output, environment } = context
  try {
    const source = await openConfig(options.config, context)
    const prepared = await prepare(source, environment)
    const abort = new AbortController()
    const created = await createInstances(prepared, { log: commandLog(source, context), signal: abort.signal })
    try {
      checkCreated(prepared, created)
      for (const warning of warningsOf(prepared, created)) output.note(`warning: ${printable(warning)}`)
    } finally {
      abort.abort()
      await created.close()
    }
    const { apps, policies, plugins } = prepared.config
    output.note(
      `${source.origin.name} is valid (apps: ${apps.length}, plugins: ${plugins.length}, policies: ${policies.length})`,
    )
    return 0
  } catch (error) {
    output.note(errorText(error))
    return 1
  }
}
