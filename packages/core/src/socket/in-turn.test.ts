import { expect, test } from 'bun:test'
import { InTurn } from './in-turn.ts'

const later = (work: () => void) => async () => {
  await Promise.resolve()
  work()
}

test('what waits and what need not is done in the order in which it came', async () => {
  const turns = new InTurn()
  const done: string[] = []
  turns.add(1, () => void done.push('a'))
  turns.add(
    2,
    later(() => done.push('b')),
  )
  turns.add(3, () => void done.push('c'))
  turns.add(
    4,
    later(() => done.push('d')),
  )
  expect(done).toEqual(['a'])
  expect(turns.pending).toBe(9)
  await turns.idle()
  expect(done).toEqual(['a', 'b', 'c', 'd'])
  expect(turns.pending).toBe(0)
  await turns.idle()
})

test('a thousand that need not wait are no recursion', async () => {
  const turns = new InTurn()
  let done = 0
  turns.add(0, async () => undefined)
  for (let at = 0; at < 100_000; at++) turns.add(1, () => void done++)
  await turns.idle()
  expect(done).toBe(100_000)
})

test('stopped, it forgets what waits, and takes nothing more', async () => {
  const turns = new InTurn()
  const done: string[] = []
  turns.add(
    1,
    later(() => done.push('under way')),
  )
  turns.add(1, () => void done.push('waiting'))
  turns.stop()
  turns.add(1, () => void done.push('later'))
  await turns.idle()
  expect(done).toEqual(['under way'])
})
