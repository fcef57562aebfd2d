import assert from 'node:assert/strict'
import type { AuditEvent } from '@sluice/core'
import { sampleEvent } from './store-samples.ts'
import { type DeclareStoreTest, eventually } from './store-under-test.ts'

const batch = (from: number, count: number): AuditEvent[] =>
  Array.from({ length: count }, (_, index) => sampleEvent(from + index))

export function auditSuite(test: DeclareStoreTest): void {
  test('events are read as they were appended, in order', async ({ store, reopen }) => {
    await store.audit.append([])
    await store.audit.append(batch(0, 3))
    await store.audit.append(batch(3, 2))
    const read = await store.audit.read({})
    assert.deepEqual(
      read.map(({ event }) => event),
      batch(0, 5),
    )
    assert.ok(read.every(({ cursor }, index) => index === 0 || cursor > (read[index - 1]?.cursor ?? 0)))
    assert.deepEqual(await (await reopen()).audit.read({}), read)
  })

  test('a reader goes on where it stopped', async ({ store }) => {
    await store.audit.append(batch(0, 10))
    const all = await store.audit.read({})
    const fourth = all[3]?.cursor ?? 0
    assert.deepEqual(await store.audit.read({ after: fourth }), all.slice(4))
    assert.deepEqual(await store.audit.read({ after: fourth, limit: 2 }), all.slice(4, 6))
    assert.deepEqual(await store.audit.read({ last: 3 }), all.slice(7))
    assert.deepEqual(await store.audit.read({ last: 0 }), [])
    assert.deepEqual(await store.audit.read({ last: 99 }), all)
    assert.deepEqual(await store.audit.read({ after: all[8]?.cursor ?? 0, last: 3 }), all.slice(9))
    assert.deepEqual(await store.audit.read({ after: all[9]?.cursor ?? 0 }), [])
  })

  test('hostile text in an event comes back as it was and spoils nothing', async ({ store, reopen }) => {
    const events = ['a\u0000b', '\ud800', '\udc00x', '"\\\n\u2028', "'; DROP TABLE audit; --", '__proto__'].map(
      (id, n) => sampleEvent(n, { id, subject: id }),
    )
    await store.audit.append(events)
    const read = await (await reopen()).audit.read({})
    assert.deepEqual(
      read.map(({ event }) => event),
      events,
    )
  })

  test('one poisoned event among 99 leaves 100 records', async ({ store }) => {
    const events = batch(0, 100)
    // No JSON can be made of it: a plugin's member that points back at itself.
    const poison: AuditEvent & { self?: unknown } = sampleEvent(50)
    poison.self = poison
    events[50] = poison
    await store.audit.append(events)
    const read = await store.audit.read({})
    assert.equal(read.length, 100)
    for (const [n, { event }] of read.entries()) {
      assert.equal(event.id, sampleEvent(n).id)
      if (n !== 50) assert.deepEqual(event, sampleEvent(n))
    }
    assert.equal(read[50]?.event.data.code, 'SLUICE_STORE_FAILED')
    assert.equal(read[50]?.event.data.faults.length, 1)
  })

  test('a reader beside the gateway sees an event within 250 ms', async ({ store, another }) => {
    const reader = await another('read-only')
    try {
      assert.deepEqual(await reader.audit.read({}), [])
      await store.audit.append(batch(0, 1))
      await eventually(250, async () => (await reader.audit.read({})).length === 1)
      await assert.rejects(async () => reader.audit.append(batch(1, 1)))
    } finally {
      await reader.close?.()
    }
  })
}
