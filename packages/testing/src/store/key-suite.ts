import assert from 'node:assert/strict'
import { sampleKey } from './store-samples.ts'
import { type DeclareStoreTest, eventually } from './store-under-test.ts'

/** Milliseconds in which another process's keys must be seen. */
const visibleWithin = 250

export function keySuite(test: DeclareStoreTest): void {
  test('a key is found by its hash and by nothing else', async ({ store }) => {
    const key = sampleKey(1, { expiresAt: sampleKey(1).createdAt + 1_000 })
    await store.keys.create(key)
    assert.deepEqual(await store.keys.find(key.hash), key)
    assert.equal(await store.keys.find(sampleKey(2).hash), undefined)
    assert.equal(await store.keys.find(key.id), undefined)
    assert.equal(await store.keys.find('__proto__'), undefined)
  })

  test('an id or a hash is given once', async ({ store }) => {
    await store.keys.create(sampleKey(1))
    await assert.rejects(async () => store.keys.create(sampleKey(2, { id: sampleKey(1).id })))
    await assert.rejects(async () => store.keys.create(sampleKey(2, { hash: sampleKey(1).hash })))
    assert.deepEqual(await store.keys.list(), [sampleKey(1)])
  })

  test('keys are listed in order of creation, of all or of one app', async ({ store }) => {
    // The clock went back between the first and the second.
    const keys = [sampleKey(9), sampleKey(1, { app: 'ac_other0000000' }), sampleKey(5)]
    for (const key of keys) await store.keys.create(key)
    assert.deepEqual(await store.keys.list(), keys)
    assert.deepEqual(await store.keys.list('ac_other0000000'), [keys[1]])
    assert.deepEqual(await store.keys.list('ac_nobody000000'), [])
  })

  test('a revoked key says so at once and keeps its first time', async ({ store }) => {
    const key = sampleKey(1)
    await store.keys.create(key)
    await store.keys.find(key.hash)
    const revoked = { ...key, revokedAt: key.createdAt + 10 }
    assert.deepEqual(await store.keys.revoke(key.id, revoked.revokedAt), revoked)
    assert.deepEqual(await store.keys.find(key.hash), revoked)
    assert.deepEqual(await store.keys.revoke(key.id, revoked.revokedAt + 99), revoked)
    assert.equal(await store.keys.revoke('key_nobody000000', 1), undefined)
  })

  test('keys survive a restart', async ({ store, reopen }) => {
    await store.keys.create(sampleKey(1))
    await store.keys.create(sampleKey(2))
    await store.keys.revoke(sampleKey(2).id, 7)
    const again = await reopen()
    assert.deepEqual(await again.keys.find(sampleKey(1).hash), sampleKey(1))
    assert.deepEqual(await again.keys.list(), [sampleKey(1), sampleKey(2, { revokedAt: 7 })])
  })

  test('keys made and revoked by another process are seen in time', async ({ store, another }) => {
    const other = await another('read-write')
    try {
      const key = sampleKey(1)
      assert.equal(await store.keys.find(key.hash), undefined)
      await other.keys.create(key)
      await eventually(visibleWithin, async () => (await store.keys.find(key.hash)) !== undefined)
      await other.keys.revoke(key.id, 7)
      await eventually(visibleWithin, async () => (await store.keys.find(key.hash))?.revokedAt === 7)
    } finally {
      await other.close?.()
    }
  })

  test('a flood of unknown keys leaves the known ones as they are', async ({ store }) => {
    await store.keys.create(sampleKey(1))
    for (let n = 100; n < 5_100; n++) assert.equal(await store.keys.find(sampleKey(n).hash), undefined)
    assert.deepEqual(await store.keys.find(sampleKey(1).hash), sampleKey(1))
  })
}
