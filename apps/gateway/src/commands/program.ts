import { readFileSync } from 'node:fs'
import { isSluiceError } from '@sluice/core'
import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { printable } from '../host/log.ts'
import { releaseActor } from './actors.ts'
import { audit } from './audit.ts'
import { check } from './check.ts'
import type { CommandContext } from './context.ts'
import { credentialHash } from './credential-hash.ts'
import { createKey, listKeys, revokeKey } from './keys.ts'
import { errorText } from './output.ts'
import { routes } from './routes.ts'
import { scan } from './scan.ts'
import { serve } from './serve.ts'
import { valueHash } from './value-hash.ts'

// The package's own manifest: of the sources and of what is published alike it stands two folders up.
const { version } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as {
  version: string
}

/** Exit code of a command that could not do what it was asked: wrong usage, wrong configuration, a fault. */
const failed = 2

const config = [
  '--config <file>',
  'configuration file (default: sluice.yaml, .yml, .json or sluice.config.ts here)',
] as const

/** Runs one command line and answers its exit code. Never rejects. */
export async function runCommand(words: readonly string[], context: CommandContext): Promise<number> {
  let code = 0
  const program = createProgram(context, (answered) => {
    code = answered
  })
  try {
    await program.parseAsync([...words], { from: 'user' })
    return code
  } catch (error) {
    // Commander has already said what is wrong, on standard error; help and version are no mistakes.
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : failed
    context.output.note(errorText(isSluiceError(error) || !(error instanceof Error) ? error : unexpected(error)))
    return failed
  }
}

function unexpected(error: Error): Error {
  return new Error(`${error.name}: ${error.message}. This is a fault of Sluice's`, { cause: error })
}

function createProgram(context: CommandContext, exit: (code: number) => void): Command {
  const program = new Command('sluice')
    .description('An enforcement gateway for LLM traffic')
    .version(version)
    .exitOverride()
    .configureOutput({
      writeErr: (text) => context.output.note(text.trimEnd()),
      // It quotes the command line; a suggestion has a line of its own.
      outputError: (text, write) =>
        write(
          text
            .trimEnd()
            .split(/\n(?=\(Did you mean)/)
            .map(printable)
            .join('\n'),
        ),
    })
    .helpCommand(false)

  program
    .command('serve')
    .description('serve; without a configuration here, write one to start with')
    .option(...config)
    .option('--port <number>', 'port to listen on', wholeNumber(0, 65535))
    .option('--host <address>', 'address to listen on')
    .action(async (options) => exit(await serve(options, context)))

  program
    .command('check')
    .description('say whether the configuration is valid: exit code 0 or 1')
    .option(...config)
    .action(async (options) => exit(await check(options, context)))

  program
    .command('routes')
    .description('list what is inspected, what is forwarded uninspected, and why')
    .option(...config)
    .option('--json', 'one JSON object a line')
    .action(async (options) => exit(await routes(options, context)))

  const keys = program.command('keys').description('detection keys')
  keys
    .command('create')
    .description('make a key and print it, this once')
    .requiredOption('--app <id>', 'AppContext it belongs to')
    .requiredOption('--name <name>', 'what people call it')
    .option('--expires <date>', 'RFC 3339 date or date and time from which on it is refused')
    .option(...config)
    .action(async (options) => exit(await createKey(options, context)))
  keys
    .command('list')
    .description('list keys, by id and first characters')
    .option('--app <id>', 'of this AppContext only')
    .option('--json', 'one JSON object a line')
    .option(...config)
    .action(async (options) => exit(await listKeys(options, context)))
  keys
    .command('revoke')
    .description('refuse a key from now on')
    .argument('<id>', 'key_…, as `keys list` shows it')
    .option(...config)
    .action(async (id: string, options) => exit(await revokeKey(id, options, context)))

  program
    .command('actors')
    .description('actors')
    .command('release')
    .description('lift a quarantine')
    .argument('<id>', 'key:…, actor:… or claim:…, as the record names it')
    .requiredOption('--app <id>', 'AppContext the actor belongs to')
    .option(...config)
    .action(async (id: string, options) => exit(await releaseActor(id, options, context)))

  program
    .command('credential-hash')
    .description("hash a provider credential from standard input, for an AppContext's `credentials`")
    .option(...config)
    .action(async (options) => exit(await credentialHash(options, context)))

  program
    .command('value-hash')
    .description('hash values from standard input, one a line, for `exact` of @sluice/detector-custom')
    .requiredOption('--key-env <name>', 'the variable of the environment that holds the key')
    .action(async (options) => exit(await valueHash(options, context)))

  program
    .command('audit')
    .description('print the record, oldest first')
    .option('--json', 'one complete event a line, as JSON')
    .option('--follow', 'go on with what comes')
    .option('--limit <number>', 'only the newest so many', wholeNumber(1, 1_000_000_000))
    .option(...config)
    .action(async (options) => {
      const abort = new AbortController()
      for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => abort.abort())
      exit(await audit(options, context, abort.signal))
    })

  program
    .command('scan')
    .description('run the detectors over a text: exit code 0 clean, 1 findings, 2 error')
    .argument('[file]', 'file, or - for standard input', '-')
    .option('--app <id>', 'as this AppContext has them (default: the first)')
    .option('--json', 'one JSON object a line')
    .option(...config)
    .action(async (file: string, options) => exit(await scan(file, options, context)))

  return program
}

function wholeNumber(least: number, most: number): (text: string) => number {
  return (text) => {
    const value = Number(text)
    if (/^\d+$/.test(text) && value >= least && value <= most) return value
    throw new InvalidArgumentError(`It takes a whole number from ${least} to ${most}.`)
  }
}
