#!/usr/bin/env bun
import { processOutput } from './commands/output.ts'
import { runCommand } from './commands/program.ts'

// What the gateway writes (its database, its first configuration) is for its owner alone.
process.umask(0o077)

const code = await runCommand(process.argv.slice(2), {
  folder: process.cwd(),
  environment: process.env,
  output: processOutput,
})
process.exit(code)
