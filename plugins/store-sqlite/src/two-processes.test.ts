import { expect, test } from 'bun:test'
import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { sampleKey } from '@sluice/testing'
import { openIn, temporaryFolder } from '../test/temporary-store.ts'

const run = promisify(execFile)

test('what another process does to keys is seen within 250 ms', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  const script = join(import.meta.dirname, '../test/key-process.ts')
  const inProcess = async (command: string, holds: () => Promise<boolean>) => {
    let seenAt = 0
    const watching = (async () => {
      while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, 5))
      seenAt = Date.now()
    })()
    const { stdout } = await run(process.execPath, ['--conditions=sluice-source', script, folder, command])
    await watching
    return seenAt - Number(stdout)
  }
  try {
    const { hash } = sampleKey(1)
    expect(await inProcess('create', async () => (await store.keys.find(hash)) !== undefined)).toBeLessThan(250)
    expect(await inProcess('revoke', async () => (await store.keys.find(hash))?.revokedAt === 7)).toBeLessThan(250)
  } finally {
    await store.close?.()
    rmSync(folder, { recursive: true, force: true })
  }
}, 20_000)
