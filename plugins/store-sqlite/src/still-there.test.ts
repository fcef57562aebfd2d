import { expect, test } from 'bun:test'
import { mkdtempSync, renameSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sampleEvent } from '@sluice/testing'
import definition from './index.ts'

const silent = { debug() {}, info() {}, warn() {}, error() {} }

test('a database that was deleted or replaced takes no record, and says so, until it is back', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'sluice-still-there-'))
  const ctx = { instance: 'store', folder, log: silent, signal: new AbortController().signal, now: Date.now }
  const store = await definition.create({ path: 'a.db' }, ctx)
  const [file, away] = [join(folder, 'a.db'), join(folder, 'away.db')]
  await store.audit.append([sampleEvent(1)])
  renameSync(file, away)
  const gone = 'was deleted or replaced: put it back, or start the gateway anew'
  expect(() => store.audit.append([sampleEvent(2)])).toThrow(gone)
  expect(() => store.check()).toThrow(gone)
  renameSync(away, file)
  await store.check()
  await store.audit.append([sampleEvent(2)])
  expect((await store.audit.read({})).map(({ event }) => event.id)).toEqual([sampleEvent(1).id, sampleEvent(2).id])
  await store.close?.()
  rmSync(folder, { recursive: true })
})
