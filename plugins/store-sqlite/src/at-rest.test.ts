import { expect, test } from 'bun:test'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { sampleEvent, sampleKey } from '@sluice/testing'
import { openIn, temporaryFolder } from '../test/temporary-store.ts'

test('the text of a key is in no file, its hash is', async () => {
  const folder = temporaryFolder()
  const store = await openIn(folder)
  try {
    const key = `detect_live_${'Canary7'.repeat(6)}`
    const hash = `sha256:${createHash('sha256').update(key).digest('hex')}`
    await store.keys.create(sampleKey(1, { hash, prefix: key.slice(0, 16) }))
    expect(await store.keys.find(hash)).toMatchObject({ hash })
    await store.audit.append([sampleEvent(1)])
    const files = () => readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1'))
    const whileOpen = files()
    await store.close?.()
    for (const contents of [whileOpen, files()]) {
      expect(contents.some((content) => content.includes(hash))).toBe(true)
      expect(contents.every((content) => !content.includes(key.slice(0, 20)))).toBe(true)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})
