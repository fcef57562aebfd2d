import { expect, test } from 'bun:test'
import { valueAt } from '@sluice/core'
import { batchesCreate } from '../src/operations/batches-create.ts'
import { batchesResults } from '../src/operations/batches-results.ts'
import { textOf } from './fixtures.ts'

const request = batchesResults.readRequest({ type: 'none' }, { method: 'GET', query: [], params: new Map() })
const messages = ['plain.json', 'tools.json', 'code-execution.json'].map((file) => JSON.parse(textOf(file)))
const lines = [
  ...messages.map((message, at) => ({ custom_id: `r${at}`, result: { type: 'succeeded', message } })),
  { custom_id: 'r3', result: { type: 'errored', error: { type: 'error', error: { message: 'no' } } } },
].map((value) => ({ text: JSON.stringify(value), value }))

test('the results of a batch are read line by line', () => {
  const view = batchesResults.readResponse({ type: 'lines', lines }, { status: 200, request })
  const said = view.texts.filter(({ kind }) => kind === 'assistant')
  expect(said.map(({ text, choice, sources }) => [text, choice, sources[0]?.place])).toEqual([
    ['Hi 😀 there, 你好.', 0, { line: 0, pointer: '/result/message/content/0/text' }],
    ['I look it up.', 1, { line: 1, pointer: '/result/message/content/0/text' }],
    ['Done.', 2, { line: 2, pointer: '/result/message/content/2/text' }],
  ])
  for (const { sources, json, text } of view.texts) {
    const [place] = sources.map((source) => source.place)
    const value = valueAt(lines[place?.line ?? 0]?.value ?? null, place?.pointer ?? '')
    expect(json === true ? JSON.parse(text) : text).toEqual(value)
  }
  expect(view.finishes.map(({ finish }) => finish.raw)).toEqual(['end_turn', 'tool_use', 'end_turn'])
  expect(view.made).toContainEqual({ kind: 'file', id: 'file_011' })
})

test('a batch of one is one line', () => {
  const [line] = lines
  if (!line) throw new Error('no line')
  const view = batchesResults.readResponse({ type: 'json', ...line }, { status: 200, request })
  expect(view.texts.map(({ sources }) => sources[0]?.place.pointer)).toEqual(['/result/message/content/0/text'])
})

test('a batch that was made is told, an error is not', () => {
  const answer = (value: object, status: number) =>
    batchesCreate.readResponse({ type: 'json', text: '', value: { ...value } }, { status, request })
  expect(answer({ id: 'msgbatch_01' }, 200).made).toEqual([{ kind: 'batch', id: 'msgbatch_01' }])
  expect(answer({ id: 'msgbatch_01' }, 400).made).toBeUndefined()
  const failed = answer({ type: 'error', error: { type: 'api_error', message: 'no' } }, 500)
  expect([failed.upstreamError, failed.texts[0]?.kind]).toEqual(['no', 'error'])
})
