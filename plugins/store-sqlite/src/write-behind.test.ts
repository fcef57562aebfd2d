import { afterEach, beforeEach, describe, expect, test } from 'bun:test'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import type { Closeable, StoreInstance } from '@sluice/core'
import { sampleActor, sampleEvent, sampleSession } from '@sluice/testing'
import { type LogLine, setupContext, temporaryFolder } from '../test/temporary-store.ts'
import definition from './index.ts'

let folder: string
let store: StoreInstance & Closeable
let beside: DatabaseSync
let lines: LogLine[]
let now = Date.now()
beforeEach(async () => {
  folder = temporaryFolder()
  const ctx = setupContext(folder, { now: () => now })
  lines = ctx.lines
  store = await definition.create({ path: 'sluice.db' }, ctx)
  beside = new DatabaseSync(join(folder, 'sluice.db'), { timeout: 5_000 })
})
afterEach(async () => {
  beside.close()
  await store.close?.()
  rmSync(folder, { recursive: true, force: true })
})

const rows = (table: string) => Number(beside.prepare(`SELECT count(*) AS n FROM ${table}`).get()?.['n'])
const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

describe('held changes', () => {
  test('go to disk with the next batch of the record', async () => {
    await store.actors.update('ac', 'a', () => sampleActor())
    await store.counters.take('rate', 1, now, (at) => at + 60_000)
    expect([rows('actors'), rows('counters')]).toEqual([0, 0])
    await store.audit.append([sampleEvent(1)])
    expect([rows('actors'), rows('counters'), rows('audit')]).toEqual([1, 1, 1])
  })

  test('go to disk by themselves', async () => {
    await store.actors.update('ac', 'a', () => sampleActor())
    await wait(200)
    expect(rows('actors')).toBe(1)
  })

  test('go to disk on close', async () => {
    await store.actors.update('ac', 'a', () => sampleActor())
    await store.close?.()
    expect(rows('actors')).toBe(1)
  })

  test('stay while the disk refuses, are said once, and go when it can again', async () => {
    beside.exec("CREATE TRIGGER full BEFORE INSERT ON actors BEGIN SELECT raise(ABORT, 'full'); END")
    await store.actors.update('ac', 'a', () => sampleActor({ trust: 7 }))
    await wait(350)
    expect(lines.map((line) => line.level)).toEqual(['error'])
    expect(() => store.check()).toThrow('full')
    expect(() => store.audit.append([sampleEvent(1)])).toThrow('full')
    expect((await store.actors.get('ac', 'a'))?.trust).toBe(7)
    expect([rows('actors'), rows('audit')]).toEqual([0, 0])
    beside.exec('DROP TRIGGER full')
    await store.check()
    expect(rows('actors')).toBe(1)
  })

  test('never grow past their bound', async () => {
    for (let n = 0; n < 10_001; n++) await store.actors.update('ac', `a${n}`, () => sampleActor())
    expect(rows('actors')).toBeGreaterThanOrEqual(10_000)
    beside.exec("CREATE TRIGGER full BEFORE INSERT ON actors BEGIN SELECT raise(ABORT, 'full'); END")
    expect(() => {
      for (let n = 0; n < 10_001; n++) store.actors.update('ac', `b${n}`, () => sampleActor())
    }).toThrow('full')
    beside.exec('DROP TRIGGER full')
  })

  test('a refused count is no change', async () => {
    const take = () => store.counters.take('rate', 1, now, (at) => at + 60_000)
    await take()
    await store.flush()
    const version = beside.prepare('PRAGMA data_version').get()
    for (let n = 0; n < 10; n++) expect(await take()).toMatchObject({ taken: false })
    await store.flush()
    expect(beside.prepare('PRAGMA data_version').get()).toEqual(version as NonNullable<typeof version>)
  })
})

test('rows that have expired are removed', async () => {
  const start = now
  await store.counters.take('old', 1, now, (at) => at + 60_000)
  await store.sessions.update('ac', 's', () => sampleSession({ lastSeenAt: now }))
  await store.flush()
  now = start + 120_000
  await store.counters.take('new', 1, now, (at) => at + 60_000)
  await store.flush()
  expect(beside.prepare('SELECT id FROM counters').all()).toEqual([{ id: 'new' }])
  expect(rows('sessions')).toBe(1)
  now = start + 31 * 86_400_000
  await store.sessions.update('ac', 't', () => sampleSession({ lastSeenAt: now }))
  await store.flush()
  expect(beside.prepare('SELECT id FROM sessions').all()).toEqual([{ id: 't' }])
  now = start
})

test('an event that the database itself refuses is replaced and counted', async () => {
  beside.exec(`CREATE TRIGGER poison BEFORE INSERT ON audit WHEN new.event LIKE '%"subject":"poison"%'
    BEGIN SELECT raise(ABORT, 'poison'); END`)
  await store.audit.append([sampleEvent(1), sampleEvent(2, { subject: 'poison' }), sampleEvent(3)])
  const read = await store.audit.read({})
  expect(read.map(({ event }) => event.id)).toEqual([1, 2, 3].map((n) => sampleEvent(n).id))
  expect(read[1]?.event.data.faults).toEqual([{ plugin: 'store', hook: 'audit.append', code: 'EVENT_NOT_RECORDABLE' }])
  expect(lines.map((line) => [line.level, line.fields])).toEqual([['warn', { replaced: 1 }]])
})
