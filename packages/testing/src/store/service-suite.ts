import assert from 'node:assert/strict'
import { isSluiceError } from '@sluice/core'
import { sampleKey } from './store-samples.ts'
import type { DeclareStoreTest } from './store-under-test.ts'

/** What is not a table: secrets, health, the end. */
export function serviceSuite(test: DeclareStoreTest): void {
  test('a secret is made once and kept', async ({ store, reopen, another }) => {
    let made = 0
    const make = () => `${++made}`.repeat(64)
    const first = await store.secret('hmac', make)
    assert.equal(first, '1'.repeat(64))
    assert.equal(await store.secret('hmac', make), first)
    const other = await another('read-write')
    assert.equal(await other.secret('hmac', make), first)
    await other.close?.()
    assert.equal(await (await reopen()).secret('hmac', make), first)
    assert.equal(made, 1)
  })

  test('two secrets differ', async ({ store }) => {
    assert.equal(await store.secret('one', () => 'aa'), 'aa')
    assert.equal(await store.secret('two', () => 'bb'), 'bb')
    assert.equal(await store.secret('__proto__', () => 'cc'), 'cc')
  })

  test('an open store says that it can serve, a closed one that it cannot', async ({ another }) => {
    const other = await another('read-write')
    await other.check()
    await other.close?.()
    await other.close?.()
    for (const use of [() => other.check(), () => other.keys.find(sampleKey(1).hash), () => other.keys.list()]) {
      await assert.rejects(
        async () => use(),
        (error) => isSluiceError(error) && error.code === 'SLUICE_STORE_FAILED',
      )
    }
  })
}
