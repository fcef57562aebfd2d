import { expect, test } from 'bun:test'
import type { StoreInstance } from '@sluice/core'
import { testStore } from '@sluice/testing'
import { temporaryStore } from '../test/temporary-store.ts'

/** Titles of the kit's tests that a store spoiled in one way fails. */
async function failures(spoil: (store: StoreInstance) => Partial<StoreInstance>): Promise<string[]> {
  const tests: { title: string; body: () => Promise<void> }[] = []
  testStore(
    'spoiled',
    async () => {
      const subject = await temporaryStore()
      return { ...subject, store: { ...subject.store, ...spoil(subject.store) } }
    },
    { describe: (_, body) => body(), test: (title, body) => void tests.push({ title, body }) },
  )
  const failed: string[] = []
  for (const { title, body } of tests) {
    try {
      await body()
    } catch {
      failed.push(title)
    }
  }
  return failed
}

test('the kit passes what keeps the contract', async () => {
  expect(await failures(() => ({}))).toEqual([])
})

test('a store that counts too late fails', async () => {
  const late = (store: StoreInstance): StoreInstance['counters'] => ({
    take: async (name, limit, now, endsAt) => ({ ...(await store.counters.take(name, limit + 1, now, endsAt)) }),
  })
  expect(await failures((store) => ({ counters: late(store) }))).toContain(
    'exactly the limit is taken, also by many at once',
  )
})

test('a store that never forgets a key fails', async () => {
  const known = new Map<string, Awaited<ReturnType<StoreInstance['keys']['find']>>>()
  const sticky = (store: StoreInstance): StoreInstance['keys'] => ({
    ...store.keys,
    find: async (hash) => {
      const record = known.get(hash) ?? (await store.keys.find(hash))
      if (record !== undefined) known.set(hash, record)
      return record
    },
  })
  expect(await failures((store) => ({ keys: sticky(store) }))).toContain(
    'a revoked key says so at once and keeps its first time',
  )
})

test('a store that drops what it cannot record fails', async () => {
  const dropping = (store: StoreInstance): StoreInstance['audit'] => ({
    ...store.audit,
    append: (events) => store.audit.append(events.filter((event) => !('self' in event))),
  })
  expect(await failures((store) => ({ audit: dropping(store) }))).toEqual([
    'one poisoned event among 99 leaves 100 records',
  ])
})
