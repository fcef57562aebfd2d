import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ConfigOptions } from '../../../src/config/schema.ts'
import { command } from '../../harness/command.ts'
import { type TestSluice, waitFor } from '../../harness/sluice.ts'

/** Header values by header, by AppContext. */
export type Pins = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Pins provider credentials as an administrator would: hashes them, writes them down, has the configuration read again. */
export async function pin(sluice: TestSluice, pins: Pins): Promise<void> {
  const file = join(sluice.folder, 'sluice.json')
  const config: ConfigOptions = JSON.parse(readFileSync(file, 'utf8'))
  const credentials = new Map<string, Record<string, string[]>>()
  for (const [app, headers] of Object.entries(pins)) {
    const hashes: Record<string, string[]> = {}
    for (const [header, values] of Object.entries(headers)) {
      hashes[header] = await Promise.all(values.map((value) => hashOf(sluice, file, value)))
    }
    credentials.set(sluice.appId(app), hashes)
  }
  const apps = config.apps.map((app) => ({ ...app, credentials: credentials.get(app.id) }))
  const before = sluice.log.length
  writeFileSync(file, JSON.stringify({ ...config, apps }))
  sluice.process.kill('SIGHUP')
  await waitFor('the reload', () =>
    sluice.log.slice(before).find((line) => line.includes('The configuration was reloaded')),
  )
}

async function hashOf(sluice: TestSluice, file: string, value: string): Promise<string> {
  const { stdout } = await command(['credential-hash', '--config', file], { folder: sluice.folder, stdin: value })
  return stdout.trim()
}
