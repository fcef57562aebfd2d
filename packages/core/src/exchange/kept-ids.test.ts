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

test('an id that a stream has just given is waited for until that stream is read', async () => {
  const ids = idsOf()
  const ended = ids.streaming('a')
  const found = ids.awaited('openai', { ...file, place: { pointer: '' }, use: 'input' }, 'a')
  await ids.bind('openai', [file], kept('a'))
  ended()
  expect(await found).toEqual(kept('a'))
})

test('where no stream of the AppContext is open, or all have ended, nothing is waited for', async () => {
  const ids = idsOf()
  const reference = { ...file, place: { pointer: '' }, use: 'input' } as const
  expect(await ids.awaited('openai', reference, 'a')).toBeUndefined()
  const [one, two, foreign] = [ids.streaming('a'), ids.streaming('a'), ids.streaming('b')]
  const found = ids.awaited('openai', reference, 'a')
  one()
  two()
  expect(await found).toBeUndefined()
  foreign()
})
