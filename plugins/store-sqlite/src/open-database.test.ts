import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { chmodSync, existsSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { sampleKey } from '@sluice/testing'
import { openIn, setupContext, temporaryFolder } from '../test/temporary-store.ts'
import definition from './index.ts'
import { schema } from './schema.ts'

let folder: string
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const mode = (path: string) => (statSync(path).mode & 0o777).toString(8)

async function failure(work: () => unknown): Promise<string> {
  try {
    await work()
  } catch (error) {
    expect(error).toMatchObject({ code: 'SLUICE_STORE_FAILED', plugin: 'store' })
    return error instanceof Error ? error.message : ''
  }
  throw new Error('nothing failed')
}

describe('where the database is', () => {
  test('made with its folders for its owner alone, whatever the umask', async () => {
    const before = process.umask(0)
    try {
      const store = await openIn(folder, {}, 'a/b/sluice.db')
      await store.keys.create(sampleKey(1))
      for (const name of readdirSync(join(folder, 'a/b'))) expect(mode(join(folder, 'a/b', name))).toBe('600')
      expect(readdirSync(join(folder, 'a/b')).sort()).toEqual(['sluice.db', 'sluice.db-shm', 'sluice.db-wal'])
      expect([mode(join(folder, 'a')), mode(join(folder, 'a/b'))]).toEqual(['700', '700'])
      await store.close?.()
    } finally {
      process.umask(before)
    }
  })

  test('an existing file that others may read is said', async () => {
    await (await openIn(folder)).close?.()
    chmodSync(join(folder, 'sluice.db'), 0o644)
    const ctx = setupContext(folder)
    await (await definition.create({ path: 'sluice.db' }, ctx)).close?.()
    expect(ctx.lines.map((line) => line.level)).toEqual(['warn'])
  })

  test('":memory:" leaves no file', async () => {
    const store = await openIn(folder, {}, ':memory:')
    await store.keys.create(sampleKey(1))
    expect(await store.keys.find(sampleKey(1).hash)).toEqual(sampleKey(1))
    await store.close?.()
    expect(readdirSync(folder)).toEqual([])
  })

  test('a closed store leaves one file, all of it checkpointed', async () => {
    const store = await openIn(folder)
    const reader = await openIn(folder, { access: 'read-only' })
    await store.keys.create(sampleKey(1))
    await store.close?.()
    expect(statSync(join(folder, 'sluice.db-wal')).size).toBe(0)
    await reader.close?.()
  })
})

describe('what cannot be opened says what to do', () => {
  test('read-only where nothing is makes nothing', async () => {
    expect(await failure(() => openIn(folder, { access: 'read-only' }))).toContain('start the gateway once')
    expect(existsSync(join(folder, 'sluice.db'))).toBe(false)
    expect(await failure(() => openIn(folder, { access: 'read-only' }, ':memory:'))).toContain('no database')
  })

  test('a database of a newer version', async () => {
    await (await openIn(folder)).close?.()
    const db = new DatabaseSync(join(folder, 'sluice.db'))
    db.exec(`PRAGMA user_version = ${schema.length + 1}`)
    db.close()
    expect(await failure(() => openIn(folder))).toContain('update Sluice')
    expect(await failure(() => openIn(folder, { access: 'read-only' }))).toContain('update Sluice')
  })

  test("another program's database is left as it is", async () => {
    const db = new DatabaseSync(join(folder, 'sluice.db'))
    db.exec('CREATE TABLE bookmarks (url TEXT)')
    db.close()
    expect(await failure(() => openIn(folder))).toContain('another program')
    const after = new DatabaseSync(join(folder, 'sluice.db'))
    expect(after.prepare('SELECT name FROM sqlite_master').all()).toEqual([{ name: 'bookmarks' }])
    after.close()
  })

  test('a file that is no database, a folder', async () => {
    writeFileSync(join(folder, 'sluice.db'), 'not a database, but long enough to be read as one'.repeat(10))
    expect(await failure(() => openIn(folder))).toContain('cannot open the database')
    expect(await failure(() => openIn(folder, {}, '.'))).toContain('cannot open the database')
  })
})
