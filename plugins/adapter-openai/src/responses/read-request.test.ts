import { describe, expect, test } from 'bun:test'
import type { BodyView, JsonObject, RequestTarget } from '@sluice/core'
import { RESPONSE } from '../../test/requests.ts'
import { readConversationRequest, readRecordRequest, readResponseRequest } from './read-request.ts'

const target = (params: Record<string, string> = {}, query: RequestTarget['query'] = []): RequestTarget => ({
  method: 'GET',
  query,
  params: new Map(Object.entries(params)),
})

function read(value: JsonObject): BodyView {
  return readResponseRequest({ type: 'json', text: '', value })
}

/** Without ids and the like. */
const named = (view: BodyView) => shown(view).filter(([kind]) => kind !== 'other')
const shown = ({ texts }: BodyView) => texts.map(({ kind, trust, text }) => [kind, trust, text])

test('a string is what the user says, under the instructions of the operator', () => {
  expect(shown(read({ model: 'm', instructions: 'Be brief.', input: 'Hello' }))).toEqual([
    ['instruction', 'operator', 'Be brief.'],
    ['user', 'user', 'Hello'],
  ])
})

test('items speak by their role, and parts of one message are read joined', () => {
  const input = [
    { role: 'developer', content: 'a' },
    { type: 'message', role: 'user', content: ['b', 'c'].map((text) => ({ type: 'input_text', text })) },
    {
      type: 'message',
      role: 'assistant',
      content: [
        { type: 'output_text', text: 'd' },
        { type: 'refusal', refusal: 'e' },
      ],
    },
    {
      type: 'reasoning',
      summary: [{ type: 'summary_text', text: 'f' }],
      content: [{ type: 'reasoning_text', text: 'g' }],
    },
  ]
  const view = read({ input })
  expect(shown(view)).toEqual([
    ['instruction', 'operator', 'a'],
    ['user', 'user', 'b'],
    ['user', 'user', 'c'],
    ['assistant', 'model', 'd'],
    ['refusal', 'model', 'e'],
    ['reasoning', 'model', 'f'],
    ['reasoning', 'model', 'g'],
  ])
  const [, b, c] = view.texts
  expect(b?.group).toBe(c?.group ?? 'none')
})

describe('what a tool says is external, and is told by the call it answers', () => {
  test('of functions, whole and in parts', () => {
    const input = [
      { type: 'function_call', call_id: 'call_1', name: 'get_weather', arguments: '{"city":"Oslo"}' },
      {
        type: 'function_call_output',
        call_id: 'call_1',
        output: [
          { type: 'input_text', text: 'ra' },
          { type: 'input_text', text: 'in' },
        ],
      },
      { type: 'function_call_output', call_id: 'call_0', output: 'lost' },
    ]
    const view = read({ input })
    expect(view.toolCalls).toMatchObject([{ callId: 'call_1', name: 'get_weather', input: { city: 'Oslo' } }])
    expect(view.toolResults).toMatchObject([
      { callId: 'call_1', name: 'get_weather', text: 'rain' },
      { callId: 'call_0', text: 'lost' },
    ])
    expect(named(view)).toEqual([
      ['tool-name', 'model', 'get_weather'],
      ['tool-arguments', 'model', '{"city":"Oslo"}'],
      ['tool-result', 'external', 'ra'],
      ['tool-result', 'external', 'in'],
      ['tool-result', 'external', 'lost'],
    ])
  })

  test('of every tool of the provider', () => {
    const view = read(RESPONSE)
    const results = view.toolResults.map(({ name, text }) => [name, text])
    expect(results).toEqual(
      expect.arrayContaining([
        ['sql', 'one row'],
        ['local_shell', '{"output":"Thu Nov 26"}'],
        ['shell', 'notes.txta warning'],
        ['apply_patch', 'Done.'],
        ['ask', 'A gate controls water.mcp_tool_execution_errortexthalf of it failed'],
        ['file_search', 'policy.mdUmbrellas are lent.'],
        ['code_interpreter', '1https://example.com/plot.png'],
      ]),
    )
    for (const { kind, trust } of view.texts) if (kind === 'tool-result') expect(trust).toBe('external')
    const calls = view.toolCalls.map(({ name, definition }) => definition ?? name)
    expect(calls).toEqual(
      expect.arrayContaining([
        'web_search',
        'computer',
        'shell',
        'apply_patch',
        'mcp:wiki',
        'crm/find',
        'image_generation',
      ]),
    )
  })
})

describe('what is not in the body is named, and on record as not inspected', () => {
  test('by all the ways there are', () => {
    const view = read(RESPONSE)
    const references = view.references?.map(({ kind, id, use }) => `${use} ${kind} ${id.slice(0, 12)}`)
    expect(references).toEqual(
      expect.arrayContaining([
        'input response resp_1',
        'input conversation conv_1',
        'input prompt pmpt_1',
        'input file file-abc123',
        'input file file-img1',
        'input file file-2',
        'input file file-3',
        'input file file-4',
        'input container cntr_1',
        'input vector_store vs_1',
        'input skill skill_1',
        'input sealed gAAAAABpJxQe',
        'input item msg_2',
        'input item msg_3',
        'input item rs_2',
        'input item ig_2',
      ]),
    )
    expect(references).not.toContain('input item rs_1')
    const opaque = new Set(view.opaque.map(({ content }) => content))
    expect(opaque).toEqual(new Set(['response', 'conversation', 'prompt', 'item', 'image', 'file', 'audio', 'sealed']))
  })

  test('what is sealed counts as a whole, and where it is text it is read', () => {
    const id = 'gAAAAABpJxQe8Zk1Yt5VQ2mC0lTnR9sUw3fXa7bHd6gEiJkLoPq-_w=='
    const item = (encrypted_content: string) => ({ input: [{ type: 'compaction', encrypted_content }] })
    expect(read(item(id))).toMatchObject({ references: [{ kind: 'sealed', id }], texts: [] })
    expect(shown(read(item('no seal at all')))).toEqual([['other', 'model', 'no seal at all']])
    expect(shown(read(item(btoa('words in base64'))))).toEqual([['other', 'model', 'words in base64']])
  })

  test('a conversation groups what is asked in it, an earlier response does not: each has another id', () => {
    expect(read({ conversation: 'conv_1' }).conversation).toEqual({
      value: 'conv_1',
      place: { pointer: '/conversation' },
    })
    expect(read({ conversation: { id: 'conv_2' } }).conversation?.value).toBe('conv_2')
    expect(read({ previous_response_id: 'resp_1' })).not.toHaveProperty('conversation')
  })
})

test('what a path names is asked for, not given to a model', () => {
  const { references, conversation } = readConversationRequest({ type: 'none' }, target({ conversation_id: 'conv_1' }))
  const place = { query: 'path', pointer: '' } as const
  expect(references).toEqual([{ kind: 'conversation', id: 'conv_1', place, use: 'record' }])
  expect(conversation?.value).toBe('conv_1')
  const item = readRecordRequest({ type: 'none' }, target({ conversation_id: 'conv_1', item_id: 'msg_1' }))
  expect(item.references?.map(({ kind, id }) => [kind, id])).toEqual([
    ['conversation', 'conv_1'],
    ['item', 'msg_1'],
  ])
})

test('whether a response is asked for as a stream is said in the query', () => {
  const streams = (...query: [string, string][]) => readRecordRequest({ type: 'none' }, target({}, query)).stream
  expect([streams(), streams(['stream', 'false']), streams(['stream', 'true'])]).toEqual([false, false, true])
})

test('addresses that the provider asks by itself are named as such', () => {
  expect(read(RESPONSE).fetched?.map(({ value }) => value)).toEqual([
    'https://example.com/cat.png',
    'https://example.com/notes.pdf',
    'https://wiki.example.com/mcp',
  ])
})

test('models are read wherever they are named', () => {
  expect(read(RESPONSE).models.map(({ value }) => value)).toEqual([
    'gpt-5.5',
    'gpt-5.4',
    'omni-moderation-latest',
    'gpt-image-1',
  ])
})
