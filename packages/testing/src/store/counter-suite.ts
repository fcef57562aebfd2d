import assert from 'node:assert/strict'
import type { DeclareStoreTest } from './store-under-test.ts'

const minute = 60_000

export function counterSuite(test: DeclareStoreTest): void {
  test('exactly the limit is taken, also by many at once', async ({ store }) => {
    const now = Date.now()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => store.counters.take('rate', 7, now, (at) => at + minute)),
    )
    assert.equal(answers.filter((answer) => answer.taken).length, 7)
    assert.deepEqual(
      answers.filter((answer) => answer.taken).map((answer) => answer.remaining),
      [6, 5, 4, 3, 2, 1, 0],
    )
    assert.ok(answers.every((answer) => answer.retryAt === now + minute))
  })

  test('a window opens with its first count and the next one after its end', async ({ store }) => {
    const now = Date.now()
    const take = (at: number) => store.counters.take('rate', 1, at, (start) => start + minute)
    assert.deepEqual(await take(now), { taken: true, remaining: 0, retryAt: now + minute })
    assert.deepEqual(await take(now + minute - 1), { taken: false, remaining: 0, retryAt: now + minute })
    assert.deepEqual(await take(now + minute), { taken: true, remaining: 0, retryAt: now + 2 * minute })
  })

  test('a clock that is set back leaves no window open for longer than one lasts', async ({ store }) => {
    const now = Date.now()
    const take = (at: number) => store.counters.take('rate', 1, at, (start) => start + minute)
    await take(now + 1_440 * minute)
    assert.deepEqual(await take(now), { taken: false, remaining: 0, retryAt: now + minute })
    assert.equal((await take(now + minute)).taken, true)
  })

  test('a limit that was lowered or raised holds from then on', async ({ store }) => {
    const now = Date.now()
    const take = (limit: number) => store.counters.take('rate', limit, now, (start) => start + minute)
    for (let n = 0; n < 3; n++) assert.equal((await take(3)).taken, true)
    assert.deepEqual(await take(2), { taken: false, remaining: 0, retryAt: now + minute })
    assert.deepEqual(await take(5), { taken: true, remaining: 1, retryAt: now + minute })
    assert.equal((await store.counters.take('none', 0, now, (start) => start + minute)).taken, false)
  })

  test('several are taken together or not at all', async ({ store }) => {
    const now = Date.now()
    const take = (amount: number) => store.counters.take('quota', 10, now, (start) => start + minute, amount)
    assert.deepEqual(await take(7), { taken: true, remaining: 3, retryAt: now + minute })
    assert.deepEqual(await take(4), { taken: false, remaining: 3, retryAt: now + minute })
    assert.deepEqual(await take(3), { taken: true, remaining: 0, retryAt: now + minute })
    assert.equal((await take(1)).taken, false)
    assert.equal((await store.counters.take('small', 10, now, (start) => start + minute, 11)).taken, false)
    assert.equal((await store.counters.take('small', 10, now, (start) => start + minute, 10)).taken, true)
  })

  test('of many that take several at once, as many get theirs as fit', async ({ store }) => {
    const now = Date.now()
    const answers = await Promise.all(
      Array.from({ length: 100 }, async () => store.counters.take('burst', 50, now, (at) => at + minute, 8)),
    )
    assert.equal(answers.filter(({ taken }) => taken).length, 6)
    assert.equal((await store.counters.take('burst', 50, now, (at) => at + minute, 2)).taken, true)
    assert.equal((await store.counters.take('burst', 50, now, (at) => at + minute)).taken, false)
  })

  test('names do not meet', async ({ store }) => {
    const now = Date.now()
    for (const name of ['a', 'b', '__proto__', 'constructor']) {
      assert.equal((await store.counters.take(name, 1, now, (start) => start + minute)).taken, true)
      assert.equal((await store.counters.take(name, 1, now, (start) => start + minute)).taken, false)
    }
  })

  test('a quota survives a restart', async ({ store, reopen }) => {
    const now = Date.now()
    const take = (open: typeof store) => open.counters.take('quota', 3, now, (start) => start + 30 * 1_440 * minute)
    await take(store)
    await take(store)
    const again = await reopen()
    assert.equal((await take(again)).remaining, 0)
    assert.equal((await take(again)).taken, false)
  })
}
