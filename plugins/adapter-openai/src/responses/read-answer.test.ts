import { describe, expect, test } from 'bun:test'
import type { BodyView, Json } from '@sluice/core'
import { NO_TARGET } from '../../test/core-inside.ts'
import { wholeOf } from '../../test/fixtures.ts'
import { operations } from '../operations/all.ts'

function read(name: string, value: Json, status = 200): BodyView {
  const operation = operations.find((each) => each.name === name)
  if (!operation) throw new Error(`no operation ${name}`)
  const request = operation.readRequest({ type: 'none' }, NO_TARGET)
  return operation.readResponse({ type: 'json', text: '', value }, { status, request })
}

const shown = ({ texts }: BodyView) => texts.map(({ kind, trust, text }) => [kind, trust, text])
const message = { type: 'message', id: 'msg_1', role: 'user', content: [{ type: 'input_text', text: 'Hello' }] }
const sealed = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAABpJxQ' }

describe('what an answer says was made', () => {
  const output = [sealed]
  const response = { id: 'resp_1', status: 'completed', output, conversation: { id: 'conv_1' } }
  const ids = (view: BodyView) => view.made?.map(({ kind, id }) => `${kind} ${id}`) ?? []

  test('a response that is new: itself, its items, what it sealed; one that is asked for: all but itself', () => {
    const items = ['sealed gAAAAABpJxQ', 'item rs_1']
    expect(new Set(ids(read('responses.create', response)))).toEqual(
      new Set([...items, 'response resp_1', 'conversation conv_1']),
    )
    expect(new Set(ids(read('responses.retrieve', response)))).toEqual(new Set(items))
    expect(new Set(ids(read('responses.compact', response)))).toEqual(new Set(items))
  })

  test('a conversation that is begun, and items that are added to one; a list shows what is there', () => {
    expect(ids(read('conversations.create', { id: 'conv_1', object: 'conversation' }))).toEqual(['conversation conv_1'])
    expect(ids(read('conversations.retrieve', { id: 'conv_1', object: 'conversation' }))).toEqual([])
    const list = { object: 'list', data: [message] }
    expect(ids(read('conversations.items.create', list))).toEqual(['item msg_1'])
    expect(ids(read('conversations.items.list', list))).toEqual([])
    expect(ids(read('responses.inputItems.list', list))).toEqual([])
  })

  test('nothing, where the provider failed', () => {
    expect(ids(read('responses.create', { id: 'resp_1', error: { message: 'no' } }, 400))).toEqual([])
    expect(ids(read('conversations.create', { id: 'conv_1', error: { message: 'no' } }, 400))).toEqual([])
  })
})

test('items that are read back speak by their role, and their calls are history', () => {
  const call = { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{}' }
  const result = { type: 'function_call_output', id: 'fco_1', call_id: 'call_1', output: 'rain' }
  const view = read('conversations.items.list', { object: 'list', data: [message, call, result], has_more: false })
  expect(shown(view)).toEqual([
    ['user', 'user', 'Hello'],
    ['tool-name', 'model', 'f'],
    ['tool-arguments', 'model', '{}'],
    ['tool-result', 'external', 'rain'],
  ])
  expect(view.toolCalls).toEqual([])
  expect(shown(read('conversations.items.retrieve', message))).toEqual([['user', 'user', 'Hello']])
})

test('how a response ended', () => {
  const finish = (value: { [name: string]: Json }) =>
    read('responses.create', { output: [], ...value }).finishes.map(({ finish }) => [finish.reason, finish.raw])
  const call = { type: 'function_call', name: 'f', arguments: '{}' }
  expect(finish({ status: 'completed' })).toEqual([['stop', 'completed']])
  expect(finish({ status: 'completed', output: [call] })).toEqual([['tool-calls', 'completed']])
  const incomplete = (reason: string) => finish({ status: 'incomplete', incomplete_details: { reason } })
  expect(incomplete('max_output_tokens')).toEqual([['length', 'max_output_tokens']])
  expect(incomplete('content_filter')).toEqual([['content-filter', 'content_filter']])
  expect(finish({ status: 'failed', error: { code: 'x', message: 'y' } })).toEqual([['error', 'failed']])
  expect(finish({ status: 'cancelled' })).toEqual([['other', 'cancelled']])
  expect(finish({ status: 'queued' })).toEqual([])
})

test('a failed response says why, and an error is read whatever its shape', () => {
  const failed = read('responses.create', { status: 'failed', output: [], error: { code: 'x', message: 'It broke.' } })
  expect([failed.upstreamError, shown(failed)]).toEqual(['It broke.', [['error', 'external', 'x\nIt broke.']]])
  for (const error of ['It broke.', { message: 'It broke.' }]) {
    const view = read('responses.create', { error }, 500)
    expect([view.upstreamError, shown(view)]).toEqual(['It broke.', [['error', 'external', 'It broke.']]])
  }
})

test('pictures and what is sealed are declared, and a picture that is text is read', () => {
  const opaque = (value: Json) => read('responses.create', value).opaque.map(({ content }) => content)
  expect(opaque(wholeOf('responses-hosted').value)).toEqual(['image'])
  expect(opaque(wholeOf('responses-tools').value)).toEqual(['sealed'])
  const output = [{ type: 'image_generation_call', id: 'ig_1', result: btoa('words in a picture') }]
  expect(shown(read('responses.create', { output }))).toEqual([['tool-result', 'external', 'words in a picture']])
})
