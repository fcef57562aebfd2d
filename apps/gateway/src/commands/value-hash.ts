import { SluiceError } from '@sluice/core'
import { exactValue } from '@sluice/detector-custom'
import type { CommandContext } from './context.ts'
import { readStdin } from './stdin.ts'

/**
 * Prints, line by line, how `exact` of `@sluice/detector-custom` lists the values on standard input. Key and values stand
 * in no argument: those are in the shell's history and in the list of processes. Blank lines are passed by.
 */
export async function valueHash(options: { readonly keyEnv: string }, context: CommandContext): Promise<number> {
  const key = context.environment[options.keyEnv] ?? ''
  if (key.length < 16) {
    throw new SluiceError(
      'SLUICE_USAGE',
      `${options.keyEnv} holds no key: set it to 16 characters or more, from a random source`,
    )
  }
  const lines = new TextDecoder().decode(await readStdin()).split(/\r?\n/)
  const hashes = lines.flatMap((line, at) => (line.trim() === '' ? [] : [hashOf(line, at + 1, key)]))
  if (hashes.length === 0) throw new SluiceError('SLUICE_USAGE', 'standard input takes one value a line')
  await context.output.write(`${hashes.join('\n')}\n`)
  return 0
}

function hashOf(line: string, number: number, key: string): string {
  try {
    return exactValue(line, key)
  } catch (error) {
    // The line is not repeated: it may be what nobody is to read.
    throw new SluiceError(
      'SLUICE_USAGE',
      `line ${number}: ${error instanceof RangeError ? error.message : 'is no value'}`,
    )
  }
}
