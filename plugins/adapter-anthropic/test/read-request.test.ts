import { describe, expect, test } from 'bun:test'
import type { BodyView, JsonObject } from '@sluice/core'
import { batchesCreate } from '../src/operations/batches-create.ts'
import { batchesRetrieve } from '../src/operations/batches-retrieve.ts'
import { messagesCreate } from '../src/operations/messages-create.ts'
import { BATCH, MESSAGE, SEAL } from './requests.ts'

const target = { method: 'POST', query: [], params: new Map() }

function read(value: JsonObject, text: string = JSON.stringify(value)): BodyView {
  return messagesCreate.readRequest({ type: 'json', text, value }, target)
}

function readContent(...content: JsonObject[]): BodyView {
  return read({ model: 'm', messages: [{ role: 'user', content }] })
}

const brief = ({ texts }: BodyView) => texts.map(({ kind, trust, text }) => `${kind} ${trust} ${text}`)

describe('whose words they are', () => {
  test('of the operator, the user, the model, and of nobody here', () => {
    const view = read({
      model: 'm',
      system: 'S',
      messages: [
        { role: 'user', content: 'U' },
        { role: 'system', content: [{ type: 'text', text: 'M' }] },
        { role: 'stranger', content: 'X' },
        {
          role: 'user',
          content: [{ type: 'search_result', source: 'https://a', title: 'T', content: [{ text: 'P' }] }],
        },
        { role: 'assistant', content: 'prefill' },
      ],
    })
    expect(brief(view)).toEqual([
      'other user stranger',
      'instruction operator S',
      'user user U',
      'instruction operator M',
      'user user X',
      'other user T',
      'other external https://a',
      'user external P',
      'assistant model prefill',
    ])
  })

  test('a result is told by the call it answers, and joined where its texts are', () => {
    const call = { type: 'tool_use', id: 't1', name: 'find', input: { q: 'x' } }
    const texts = [
      { type: 'text', text: 'a ' },
      { type: 'text', text: 'page' },
    ]
    const view = readContent(call, { type: 'tool_result', tool_use_id: 't1', content: texts })
    expect(view.toolResults).toEqual([
      { callId: 't1', name: 'find', text: 'a page', place: { pointer: '/messages/0/content/1/content' } },
    ])
    const results = view.texts.filter(({ kind }) => kind === 'tool-result')
    expect(results.map(({ tool, group, trust }) => [tool, group, trust])).toEqual(
      Array.from({ length: 2 }, () => [{ name: 'find', callId: 't1' }, '/messages/0/content/1/content', 'external']),
    )
  })
})

test('beside blocks, a result may hold what only tools write', () => {
  const hidden = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: 'aGlkZGVuIHdvcmRz' } }
  const state = { type: 'browser_state', tabs: [{ tab_id: '1', title: 'A page', url: 'https://a' }] }
  const reference = { type: 'tool_reference', tool_name: 'late' }
  const view = readContent({ type: 'tool_result', tool_use_id: 't1', content: [hidden, state, reference] })
  expect(view.texts.map(({ kind, trust, text }) => [kind, trust, text])).toEqual(
    ['hidden words', '1', 'A page', 'https://a', 'late'].map((text) => ['tool-result', 'external', text]),
  )
})

test('the input of a call is the value as it is spelled', () => {
  const text =
    '{"model":"m","messages":[{"role":"assistant","content":[{"type":"tool_use","name":"f","input": {"n": 1.0}}]}]}'
  const view = read(JSON.parse(text), text)
  expect(view.toolCalls).toMatchObject([{ name: 'f', input: { n: 1 }, inputText: '{"n": 1.0}' }])
  expect(view.texts).toContainEqual(expect.objectContaining({ kind: 'tool-arguments', text: '{"n": 1.0}', json: true }))
})

test('what the provider fetches, keeps and has sealed', () => {
  const view = read(MESSAGE)
  expect(view.fetched?.map(({ value }) => value)).toEqual([
    'https://example.com/cat.png',
    'https://example.com/paper.pdf',
  ])
  expect(view.references?.map(({ kind, id, use }) => [kind, id, use])).toEqual([
    ['container', 'container_011', 'input'],
    ['skill', 'skill_01', 'input'],
    ['message', 'msg_before', 'input'],
    ['file', 'file_011', 'input'],
    ['file', 'file_012', 'input'],
    ['sealed', SEAL, 'input'],
    ['sealed', SEAL, 'input'],
    ['file', 'file_013', 'input'],
    ['sealed', SEAL, 'input'],
  ])
  const kinds = new Set(view.opaque.map(({ content }) => content))
  expect([...kinds].toSorted()).toEqual(['conversation', 'file', 'image', 'sealed'])
  expect([view.claimedActor?.value, view.conversation?.value, view.stream]).toEqual(['person-1', 'msg_before', true])
  expect(
    readContent({ type: 'image', source: { type: 'url', url: 'data:image/png,words%20here' } }).texts,
  ).toMatchObject([{ kind: 'user', text: 'words here', decoded: true }])
})

test('every model that may answer', () => {
  expect(read(MESSAGE).models.map(({ value }) => value)).toEqual([
    'claude-sonnet-4-6',
    'claude-haiku-4-5',
    'claude-opus-4-8',
  ])
  expect(read({ model: 'm', fallbacks: 'default' }).models.map(({ value }) => value)).toEqual(['m', 'default'])
})

test('tools: whose they are, what hangs on them, and the servers they are asked of', () => {
  const { toolSets } = read(MESSAGE)
  expect(toolSets.map(({ place }) => place.pointer)).toEqual(['/messages/5/content/1', '/mcp_servers', '/tools'])
  const [, servers, tools] = toolSets
  expect(servers?.tools).toMatchObject([
    { type: 'hosted', name: 'docs', server: { url: 'https://mcp.example.com/sse' } },
  ])
  expect(tools?.tools.map(({ type, name }) => `${type} ${name}`)).toEqual([
    'function get_weather',
    'function sql',
    'hosted web_search',
    'hosted code_execution',
    'custom bash',
    'custom browser',
    'hosted advisor',
    'hosted docs',
  ])
  expect(tools?.tools.at(-1)?.server).toEqual({ url: 'https://mcp.example.com/sse' })
  expect(tools?.dependents).toEqual([{ pointer: '/tool_choice' }])
  expect(tools?.choices.map(({ container, names }) => [container.pointer, names.map(({ value }) => value)])).toEqual([
    ['/tool_choice', ['get_weather']],
    ['/messages/5/content/0', ['get_weather']],
    ['/messages/5/content/2', ['docs']],
  ])
})

test('a tool of the provider’s is known by what it is, whatever the caller calls it', () => {
  const named = (type: string, name: string) => read({ model: 'm', tools: [{ type, name }] }).toolSets[0]?.tools[0]
  expect(named('web_search_20250305', 'harmless')).toMatchObject({ name: 'web_search', calledAs: 'harmless' })
  expect(named('bash_20250124', 'notes')).toMatchObject({ type: 'custom', name: 'bash', calledAs: 'notes' })
  expect(named('text_editor_20250728', 'str_replace_based_edit_tool')?.calledAs).toBeUndefined()
  expect(named('custom', 'web_search')).toMatchObject({ type: 'function', name: 'web_search' })
})

test('a batch is the requests in it', () => {
  const view = batchesCreate.readRequest({ type: 'json', text: JSON.stringify(BATCH), value: BATCH }, target)
  expect(view.nested).toEqual([
    { id: 'first', method: 'POST', path: '/v1/messages', place: { pointer: '/requests/0/params' } },
    { id: 'second', method: 'POST', path: '/v1/messages', place: { pointer: '/requests/1/params' } },
  ])
  expect(view.models.map(({ value, place }) => [value, place.pointer])).toEqual([
    ['claude-sonnet-4-6', '/requests/0/params/model'],
    ['claude-haiku-4-5', '/requests/1/params/model'],
  ])
  expect(view.weight).toBe(2)
  const one = { ...target, params: new Map([['id', 'msgbatch_01']]) }
  expect(batchesRetrieve.readRequest({ type: 'none' }, one).references).toMatchObject([
    { kind: 'batch', id: 'msgbatch_01', use: 'record' },
  ])
})
