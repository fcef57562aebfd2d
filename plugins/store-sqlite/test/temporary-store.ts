import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Closeable, Json, Logger, SetupContext, StoreInstance } from '@sluice/core'
import type { StoreUnderTest } from '@sluice/testing'
import definition from '../src/index.ts'

export interface LogLine {
  readonly level: string
  readonly message: string
  readonly fields: Readonly<Record<string, Json>> | undefined
}

export function setupContext(folder: string, change: Partial<SetupContext> = {}): SetupContext & { lines: LogLine[] } {
  const lines: LogLine[] = []
  const at = (level: string) => (message: string, fields?: Readonly<Record<string, Json>>) =>
    void lines.push({ level, message, fields })
  const log: Logger = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  const signal = new AbortController().signal
  return { instance: 'store', folder, log, signal, now: Date.now, lines, ...change }
}

export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'sluice-store-'))
}

export async function openIn(
  folder: string,
  change: Partial<SetupContext> = {},
  path = 'sluice.db',
): Promise<StoreInstance & Closeable> {
  return definition.create({ path }, setupContext(folder, change))
}

/** A store in a folder of its own, for the conformance kit. */
export async function temporaryStore(): Promise<StoreUnderTest> {
  const folder = temporaryFolder()
  let open = await openIn(folder)
  return {
    store: open,
    async reopen() {
      await open.close?.()
      open = await openIn(folder)
      return open
    },
    another: (access) => openIn(folder, { access }),
    async close() {
      await open.close?.()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
