import type { AuditEvent } from '@sluice/core'
import { runCommand } from '../src/commands/program.ts'

/** The record of an exchange, as `sluice audit --json` prints it, once it is written. */
export async function recordOf(exchange: string, file: string, folder: string): Promise<AuditEvent> {
  const deadline = Date.now() + 2000
  while (Date.now() < deadline) {
    const lines = await printed(['audit', '--json', '--config', file], folder)
    // Each line is an event that `sluice audit` has just printed.
    const events: AuditEvent[] = lines.map((text) => JSON.parse(text))
    const found = events.find(({ id }) => id === exchange)
    if (found !== undefined) return found
    await new Promise((resolve) => setTimeout(resolve, 25))
  }
  throw new Error(`there is no record of ${exchange}`)
}

async function printed(words: readonly string[], folder: string): Promise<string[]> {
  let text = ''
  const output = {
    async write(more: string) {
      text += more
      return true
    },
    note: (said: string) => console.error(said),
  }
  const code = await runCommand(words, { folder, environment: {}, output })
  if (code !== 0) throw new Error(`sluice ${words[0]} ended with ${code}`)
  return text.split('\n').filter((one) => one !== '')
}
