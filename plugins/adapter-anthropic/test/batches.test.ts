import { expect, test } from 'bun:test'
import type { Json } from '@sluice/core'
import { batchesCreate } from '../src/operations/batches-create.ts'
import { batchesResults } from '../src/operations/batches-results.ts'
import { textOf } from './fixtures.ts'

const request = batchesResults.readRequest({ type: 'none' }, { method: 'GET', query: [], params: new Map() })
const read = (value: Json) => batchesResults.file?.readLine({ type: 'json', text: JSON.stringify(value), value }).nested

test('a line of results holds the answer to one message, or none', () => {
  const message = JSON.parse(textOf('plain.json'))
  expect(read({ custom_id: 'r0', result: { type: 'succeeded', message } })).toEqual([
    { id: 'r0', method: 'POST', path: '/v1/messages', place: { pointer: '/result/message' } },
  ])
  expect(read({ custom_id: 'r1', result: { type: 'errored', error: { type: 'error' } } })).toBeUndefined()
  for (const odd of [null, [], 'x', {}, { result: 1 }, { result: { message: 'x' } }]) expect(read(odd)).toBeUndefined()
})

test('a batch that was made is told, an error is not', () => {
  const answer = (value: object, status: number) =>
    batchesCreate.readResponse({ type: 'json', text: '', value: { ...value } }, { status, request })
  expect(answer({ id: 'msgbatch_01' }, 200).made).toEqual([{ kind: 'batch', id: 'msgbatch_01' }])
  expect(answer({ id: 'msgbatch_01' }, 400).made).toBeUndefined()
  const failed = answer({ type: 'error', error: { type: 'api_error', message: 'no' } }, 500)
  expect([failed.upstreamError, failed.texts[0]?.kind]).toEqual(['no', 'error'])
})
