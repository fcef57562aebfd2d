import { SluiceError } from '@sluice/core'
import { installationSecrets } from '../generation/store.ts'
import { coreHost } from '../host/core-host.ts'
import { type CommandContext, openConfig } from './context.ts'
import { openStoreOf } from './open-store.ts'
import { readStdin } from './stdin.ts'

/**
 * Prints the keyed hash under which an AppContext's `credentials` may name the value of a credential header. The value
 * comes from standard input: an argument would stand in the shell's history and in the list of processes.
 */
export async function credentialHash(options: { readonly config?: string }, context: CommandContext): Promise<number> {
  const source = await openConfig(options.config, context)
  const value = new TextDecoder().decode(await readStdin()).trim()
  if (value === '' || /[\r\n]/.test(value)) {
    throw new SluiceError('SLUICE_USAGE', 'standard input takes one header value, for instance `Bearer sk-…`')
  }
  const store = await openStoreOf(source, context, 'read-write')
  try {
    const { hmacKey } = await installationSecrets(store.instance)
    await context.output.write(`hmac:${coreHost.hmac(hmacKey, `credential:${value}`)}\n`)
    return 0
  } finally {
    await store.release()
  }
}
