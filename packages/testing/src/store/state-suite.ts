import assert from 'node:assert/strict'
import type { ActorState, StoreInstance } from '@sluice/core'
import { sampleActor, sampleSession } from './store-samples.ts'
import { type DeclareStoreTest, eventually } from './store-under-test.ts'

const app = 'ac_sample000000'

function countUp(state: ActorState | undefined): ActorState {
  return sampleActor({ ...state, interactions: (state?.interactions ?? 0) + 1 })
}

export function stateSuite(test: DeclareStoreTest): void {
  test('an update sees what was and answers what it made', async ({ store }) => {
    assert.equal(await store.actors.get(app, 'a'), undefined)
    const first = await store.actors.update(app, 'a', (state) => {
      assert.equal(state, undefined)
      return sampleActor({ trust: 1 })
    })
    assert.deepEqual(first, sampleActor({ trust: 1 }))
    const second = await store.actors.update(app, 'a', (state) => sampleActor({ trust: (state?.trust ?? 0) + 1 }))
    assert.equal(second.trust, 2)
    assert.deepEqual(await store.actors.get(app, 'a'), second)
  })

  test('a change that throws changes nothing', async ({ store }) => {
    await store.actors.update(app, 'a', () => sampleActor())
    const failing = async () =>
      store.actors.update(app, 'a', () => {
        throw new Error('no')
      })
    await assert.rejects(failing)
    assert.deepEqual(await store.actors.get(app, 'a'), sampleActor())
  })

  test('none of many updates at once is lost', async ({ store }) => {
    await Promise.all(Array.from({ length: 200 }, async () => store.actors.update(app, 'a', countUp)))
    assert.equal((await store.actors.get(app, 'a'))?.interactions, 200)
  })

  test('apps, ids and tables do not meet', async ({ store, reopen }) => {
    const odd = [
      'a',
      'A',
      ' a',
      '',
      '__proto__',
      'constructor',
      'a\u0000b',
      'a',
      '\ud800',
      '\ud801',
      '\ufffd',
      '\\ud800',
    ]
    const ids = [...new Set(odd)]
    for (const [n, id] of ids.entries()) await store.actors.update(app, id, () => sampleActor({ interactions: n }))
    await store.actors.update('ac', `_sample000000a`, () => sampleActor({ interactions: 1_000 }))
    await store.sessions.update(app, 'a', () => sampleSession({ interactions: 2_000 }))
    const expectAll = async (open: StoreInstance) => {
      for (const [n, id] of ids.entries()) assert.equal((await open.actors.get(app, id))?.interactions, n)
      assert.equal((await open.actors.get('ac', '_sample000000a'))?.interactions, 1_000)
      assert.equal((await open.sessions.get(app, 'a'))?.interactions, 2_000)
      assert.equal(await open.sessions.get(app, '__proto__'), undefined)
    }
    await expectAll(store)
    await expectAll(await reopen())
  })

  test('quarantine and sessions survive a restart', async ({ store, reopen }) => {
    const actor = sampleActor({ quarantinedAt: 7, quarantinedBy: 'no-secrets', quarantinedClaims: ['c1', 'c2'] })
    const session = sampleSession({ credentialsSeen: true })
    await store.actors.update(app, 'a', () => actor)
    await store.sessions.update(app, 's', () => session)
    const again = await reopen()
    assert.deepEqual(await again.actors.get(app, 'a'), actor)
    assert.deepEqual(await again.sessions.get(app, 's'), session)
  })

  test('who made what a provider keeps is known after a restart, under each adapter for itself', async ({
    store,
    reopen,
  }) => {
    const made = { app, judgedBy: 'rules', uploaded: 'requests', at: Date.now() } as const
    await store.kept.update('openai', 'h1', () => made)
    assert.equal(
      (await store.kept.update('openai', 'h1', (known) => known ?? { ...made, app: 'ac_other0000000' })).app,
      app,
    )
    const again = await reopen()
    assert.deepEqual(await again.kept.get('openai', 'h1'), made)
    assert.equal(await again.kept.get('azure', 'h1'), undefined)
  })

  test('more states than memory keeps are all there', async ({ store }) => {
    const count = 25_000
    for (let n = 0; n < count; n++) await store.actors.update(app, `a${n}`, () => sampleActor({ interactions: n }))
    for (let n = 0; n < count; n += 97) assert.equal((await store.actors.get(app, `a${n}`))?.interactions, n)
  })

  test('a reader beside the gateway sees what was flushed', async ({ store, another }) => {
    await store.actors.update(app, 'a', countUp)
    await store.flush()
    const reader = await another('read-only')
    try {
      assert.equal((await reader.actors.get(app, 'a'))?.interactions, 1)
      await store.actors.update(app, 'a', countUp)
      // Nobody flushes: it comes by itself.
      await eventually(500, async () => (await reader.actors.get(app, 'a'))?.interactions === 2)
      await assert.rejects(async () => reader.actors.update(app, 'a', countUp))
    } finally {
      await reader.close?.()
    }
  })

  test('a quarantine lifted by another process is not undone by an actor that goes on', async ({ store, another }) => {
    await store.actors.update(app, 'a', () => sampleActor({ quarantinedAt: 7 }))
    await store.flush()
    const other = await another('read-write')
    try {
      await store.actors.update(app, 'a', countUp)
      await other.actors.update(app, 'a', (state) => {
        const { quarantinedAt, ...lifted } = sampleActor(state)
        assert.equal(quarantinedAt, 7)
        return lifted
      })
      await other.flush()
      await store.flush()
      assert.equal((await store.actors.get(app, 'a'))?.quarantinedAt, undefined)
      assert.equal((await store.actors.get(app, 'a'))?.interactions, 2)
    } finally {
      await other.close?.()
    }
  })
}
