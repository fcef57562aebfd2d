import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { silent } from '../../test/fakes.ts'
import type { AuditEvent } from '../protocol/audit.ts'
import type { AuditTable } from '../protocol/store.ts'
import { Draft } from './draft.ts'
import { Recorder } from './recorder.ts'

const event = (id: string): AuditEvent => new Draft(id, 'POST', 0, () => 0).event('/sluice/test', 10)
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

/** A table that does what it is told before each batch: nothing, or throw. */
function table(before: (batch: readonly AuditEvent[], call: number) => unknown = () => undefined) {
  const batches: string[][] = []
  let calls = 0
  const audit: AuditTable = {
    async append(batch) {
      await before(batch, ++calls)
      batches.push(batch.map(({ id }) => id))
    },
    read: () => [],
  }
  return { audit, batches, ids: () => batches.flat(), calls: () => calls }
}

function down(): never {
  throw new Error('database is locked')
}

describe('Recorder', () => {
  test('gathers what comes within a moment into one batch', async () => {
    const { audit, batches } = table()
    const recorder = new Recorder(audit, silent, 100)
    for (const id of ['a', 'b', 'c']) recorder.record(event(id))
    expect(batches).toEqual([])
    await pause(80)
    expect(batches).toEqual([['a', 'b', 'c']])
    recorder.record(event('d'))
    await recorder.close()
    expect(batches).toEqual([['a', 'b', 'c'], ['d']])
  })

  test('writes at once when a batch is full, and no batch is larger', async () => {
    const { audit, batches } = table()
    const recorder = new Recorder(audit, silent, 10_000)
    for (let index = 0; index < 1200; index++) recorder.record(event(String(index)))
    await recorder.flush()
    expect(batches.map((batch) => batch.length)).toEqual([500, 500, 200])
    await recorder.close()
  })

  test('is full when as much waits as may', async () => {
    let open: () => void = () => undefined
    const { audit } = table(() => new Promise<void>((resolve) => (open = resolve)))
    const recorder = new Recorder(audit, silent, 2)
    recorder.record(event('a'))
    expect(recorder.full).toBe(false)
    recorder.record(event('b'))
    expect(recorder.full).toBe(true)
    const flushed = recorder.flush()
    await pause(1)
    expect(recorder.full).toBe(true)
    open()
    await flushed
    expect(recorder.full).toBe(false)
    await recorder.close()
  })

  test('keeps everything while the store fails, and writes it once when it has recovered', async () => {
    let broken = true
    const { audit, ids, calls } = table(() => (broken ? down() : undefined))
    const recorder = new Recorder(audit, silent, 10_000)
    for (let index = 0; index < 700; index++) recorder.record(event(String(index)))
    await recorder.flush()
    const tried = calls()
    for (let index = 700; index < 2000; index++) recorder.record(event(String(index)))
    await pause(10)
    // Events that come meanwhile do not make it try again at once.
    expect(calls()).toBe(tried)
    broken = false
    await pause(600)
    await recorder.close()
    expect(ids().length).toBe(2000)
    expect(new Set(ids()).size).toBe(2000)
  })

  test('50 one poisoned event among 99: 100 records, and the others come at their time from then on', async () => {
    const poison = event('42')
    const { audit, ids } = table((batch) => (batch.includes(poison) ? down() : undefined))
    const errors: unknown[] = []
    const recorder = new Recorder(audit, { ...silent, error: (_, fields) => errors.push(fields) }, 1000)
    for (let index = 0; index < 100; index++) recorder.record(index === 42 ? poison : event(String(index)))
    for (let more = 100; more < 110; more++) {
      await recorder.flush()
      recorder.record(event(String(more)))
    }
    await recorder.flush()
    expect(ids().length).toBe(110)
    expect(new Set(ids()).size).toBe(110)
    expect(recorder.isBehind).toBe(false)
    expect(errors).toContainEqual({ exchange: '42' })
    await recorder.close()
  })

  test('one event of which the store takes nothing at all spoils no other; that it is lost is said', async () => {
    const { audit, ids } = table((batch) => (batch.some(({ id }) => id === '42') ? down() : undefined))
    const errors: string[] = []
    const recorder = new Recorder(audit, { ...silent, error: (text) => errors.push(text) }, 1000)
    for (let index = 0; index < 100; index++) recorder.record(event(String(index)))
    await recorder.flush()
    expect(ids().length).toBe(99)
    recorder.record(event('next'))
    await recorder.flush()
    expect(new Set(ids()).size).toBe(100)
    expect(ids()).toContain('next')
    for (let more = 0; more < 20; more++) {
      recorder.record(event(`more-${more}`))
      await recorder.flush()
    }
    expect(recorder.isBehind).toBe(false)
    expect(errors.filter((text) => text.includes('lost'))).toHaveLength(1)
    expect(ids()).toHaveLength(120)
  })

  test('close tries again, says what is lost, and leaves no timer', async () => {
    const { audit, ids } = table((_, call) => (call < 5 ? down() : undefined))
    const recorder = new Recorder(audit, silent, 100)
    recorder.record(event('a'))
    await recorder.close()
    expect(ids()).toEqual(['a'])

    const errors: unknown[] = []
    const dead = table(down)
    const losing = new Recorder(dead.audit, { ...silent, error: (_, fields) => errors.push(fields) }, 100)
    losing.record(event('b'))
    await losing.close()
    expect(errors.at(-1)).toEqual({ lost: 1 })
    const calls = dead.calls()
    await pause(600)
    expect(dead.calls()).toBe(calls)
  })

  test('whatever fails when, nothing is lost and nothing doubled', async () => {
    const steps = fc.array(fc.record({ events: fc.nat({ max: 30 }), flush: fc.boolean(), broken: fc.boolean() }), {
      maxLength: 12,
    })
    await fc.assert(
      fc.asyncProperty(steps, async (all) => {
        let broken = false
        const { audit, ids } = table(async () => {
          await Promise.resolve()
          if (broken) down()
        })
        const recorder = new Recorder(audit, silent, 10_000)
        let made = 0
        for (const step of all) {
          broken = step.broken
          for (let index = 0; index < step.events; index++) recorder.record(event(String(made++)))
          if (step.flush) await recorder.flush()
        }
        broken = false
        await recorder.close()
        expect(ids().length).toBe(made)
        expect(new Set(ids()).size).toBe(made)
      }),
      { seed: 17, numRuns: 100 },
    )
  })
})
