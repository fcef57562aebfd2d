import { expect, test } from 'bun:test'
import { host, memoryStore, reply } from '../../test/fakes.ts'
import { KeptIds } from './kept-ids.ts'

const file = { kind: 'file', id: 'file-1' }
const kept = (app: string) => ({ app, judgedBy: 'rules', at: 1 })
const idsOf = () =>
  new KeptIds(
    memoryStore().kept,
    host(() => reply('')),
    'aa',
  )

test('who made a thing first keeps it', async () => {
  const ids = idsOf()
  await ids.bind('openai', [file], kept('a'))
  await ids.bind('openai', [file], kept('b'))
  expect(await ids.find('openai', file)).toEqual(kept('a'))
  expect(await ids.find('other', file)).toBeUndefined()
  expect(await ids.find('openai', { kind: 'batch', id: 'file-1' })).toBeUndefined()
})

const reference = { ...file, place: { pointer: '' }, use: 'input' } as const
const nothing = async (): Promise<void> => undefined

test('an id that a stream has just given is waited for until that stream is read', async () => {
  const ids = idsOf()
  const ended = ids.streaming('a', nothing)
  const found = ids.awaited('openai', reference, 'a', 1000)
  await ids.bind('openai', [file], kept('a'))
  ended()
  expect(await found).toEqual(kept('a'))
})

test('a stream that goes on is looked at, at once and again', async () => {
  const ids = idsOf()
  let looks = 0
  const ended = ids.streaming('a', async () => {
    looks += 1
    if (looks === 3) await ids.bind('openai', [file], kept('a'))
  })
  expect(await ids.awaited('openai', reference, 'a', 1000)).toEqual(kept('a'))
  expect(looks).toBe(3)
  ended()
})

test('where no stream of the AppContext is open, or all have ended, nothing is waited for', async () => {
  const ids = idsOf()
  expect(await ids.awaited('openai', reference, 'a', 1000)).toBeUndefined()
  const [one, two, foreign] = ['a', 'a', 'b'].map((app) => ids.streaming(app, async () => undefined))
  const found = ids.awaited('openai', reference, 'a', 1e6)
  one?.()
  two?.()
  expect(await found).toBeUndefined()
  foreign?.()
})
