import { describe, expect, test } from 'bun:test'
import type { BodyView, Json, JsonObject } from '@sluice/core'
import { seededRandom } from '@sluice/testing'
import fc from 'fast-check'
import { NO_TARGET, readStream, verdictOf } from '../../test/core-inside.ts'
import { chunksOf } from '../../test/fixtures.ts'
import { responsesCreate, responsesRetrieve } from '../operations/responses.ts'

const encoder = new TextEncoder()

function bytesOf(events: readonly JsonObject[]): Uint8Array {
  return encoder.encode(
    events.map((event, at) => `data: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`).join(''),
  )
}

function read(events: readonly JsonObject[], operation = responsesCreate): BodyView {
  return readStream(operation, [bytesOf(events)]).view
}

const at = { item_id: 'msg_1', output_index: 0, content_index: 0 }
const message = (text: string): JsonObject => {
  return { type: 'message', id: 'msg_1', role: 'assistant', content: [{ type: 'output_text', text, annotations: [] }] }
}
const call = (more: JsonObject = {}): JsonObject => {
  return { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'f', arguments: '{"a":1}', ...more }
}
const added = (item: JsonObject): JsonObject => ({ type: 'response.output_item.added', output_index: 0, item })
const done = (item: JsonObject): JsonObject => ({ type: 'response.output_item.done', output_index: 0, item })
const completed = (output: readonly JsonObject[], more: JsonObject = {}): JsonObject => ({
  type: 'response.completed',
  response: { id: 'resp_1', object: 'response', status: 'completed', output, ...more },
})
const delta = (text: string): JsonObject => ({ type: 'response.output_text.delta', ...at, delta: text })
const textsOf = ({ texts }: BodyView) => texts.map(({ kind, text }) => [kind, text])

test('an event whose item never began is of the kind that it says itself', () => {
  const part = { type: 'reasoning_text', text: 'I think' }
  expect(textsOf(read([{ type: 'response.content_part.done', ...at, part }]))).toEqual([['reasoning', 'I think']])
  const printed = { stdout: 'out', stderr: 'err', outcome: { type: 'exit', exit_code: 0 } }
  const shell = { type: 'response.shell_call_output_content', output_index: 0, command_index: 0 }
  const whole = { ...shell, type: `${shell.type}.done`, output: [printed] }
  const piece = { ...shell, type: `${shell.type}.delta`, delta: { stdout: 'out', stderr: 'err' } }
  const item = added({ type: 'shell_call_output', call_id: 'call_1', output: [] })
  for (const events of [[whole], [item, whole], [item, piece], [item, piece, whole]]) {
    expect(read(events).texts.map(({ kind, text, tool }) => [kind, text, tool?.name])).toEqual([
      ['tool-result', 'out', 'shell'],
      ['tool-result', 'err', 'shell'],
    ])
  }
})

/** In no order: what stands beside the items is told first in a whole answer. */
const toldOf = ({ texts }: BodyView) => texts.map(({ kind, text, tool }) => JSON.stringify([kind, text, tool])).sort()

test('an item that is no call is none in a stream either, whatever members it has', () => {
  const spawn = { type: 'multi_agent_call', id: 'mac_1', call_id: 'c_1', action: 'spawn_agent', arguments: '{"a":1}' }
  for (const item of [spawn, { ...spawn, type: 'item_of_tomorrow' }, { id: 'x_1', input: 'a', code: 'b' }]) {
    const whole = JSON.parse(JSON.stringify(completed([item])))
    const body = { type: 'json', text: '', value: whole.response } as const
    const request = responsesCreate.readRequest({ type: 'none' }, NO_TARGET)
    const view = responsesCreate.readResponse(body, { status: 200, request })
    const streams = [[completed([item])], [added(item), done(item), completed([item])]]
    for (const events of streams) {
      const streamed = read(events)
      expect(streamed.toolCalls).toEqual([])
      expect(toldOf(streamed)).toEqual(toldOf(view))
    }
  }
})

describe('47 copies: what a text, a part, an item and the response say once more', () => {
  const copies: Readonly<Record<string, (text: string) => JsonObject>> = {
    'output_text.done': (text) => ({ type: 'response.output_text.done', ...at, text }),
    'content_part.done': (text) => ({ type: 'response.content_part.done', ...at, part: { type: 'output_text', text } }),
    'output_item.done': (text) => done(message(text)),
    completed: (text) => completed([message(text)]),
    'content_part.added': (text) => ({
      type: 'response.content_part.added',
      ...at,
      part: { type: 'output_text', text },
    }),
    'output_item.added': (text) => added(message(text)),
  }
  for (const [name, copy] of Object.entries(copies)) {
    test(`${name}: the same is not reported twice, another is inspected as its own text`, () => {
      const frames = [delta('Hel'), delta('lo')]
      expect(textsOf(read([...frames, copy('Hello')]))).toEqual([['assistant', 'Hello']])
      expect(textsOf(read([...frames, copy('Hello, needle')]))).toEqual([
        ['assistant', 'Hello'],
        ['other', 'Hello, needle'],
      ])
      expect(textsOf(read([copy('Hello'), ...frames, copy('needle')]))).toContainEqual(['other', 'needle'])
    })
  }

  test('deltas that follow a copy are part of the text that the copy differs from', () => {
    const frames = [delta('Hello'), copies['output_text.done']?.('Hello') ?? {}, delta(', needle')]
    expect(textsOf(read(frames))).toEqual([
      ['assistant', 'Hello, needle'],
      ['other', 'Hello'],
    ])
  })

  test('what came whole and is told again takes no block: a research of many sources fits the bounds of a stream', () => {
    const sources = Array.from({ length: 20 }, (_, at) => ({ type: 'url', url: `https://example.com/${at}` }))
    const output = Array.from({ length: 20 }, (_, at) => {
      return { type: 'web_search_call', id: `ws_${at}`, action: { type: 'search', query: `query ${at}`, sources } }
    })
    const searches = output.map((item, output_index) => ({ ...done(item), output_index }))
    const { limited, view } = readStream(responsesCreate, [
      bytesOf([...searches, completed([...output, message('needle')])]),
    ])
    expect(limited).toBeUndefined()
    expect(textsOf(view)).toContainEqual(['assistant', 'needle'])
  })

  test('a call that comes whole is judged once more where it is told with another input', () => {
    const shell = (command: string): JsonObject => ({
      type: 'shell_call',
      call_id: 'call_1',
      action: { commands: [command] },
    })
    const inputs = (events: readonly JsonObject[]) => read(events).toolCalls.map(({ input }) => input)
    expect(inputs([done(shell('ls')), completed([shell('ls')])])).toEqual([{ commands: ['ls'] }])
    expect(inputs([done(shell('rm')), completed([shell('ls')])])).toEqual([{ commands: ['rm'] }, { commands: ['ls'] }])
  })

  test('a call that its copy gives other arguments, or another name, is two calls', () => {
    const begun = [added(call({ arguments: '' }))]
    const argument = (text: string) => ({
      type: 'response.function_call_arguments.delta',
      output_index: 0,
      delta: text,
    })
    const frames = [...begun, argument('{"a"'), argument(':1}')]
    const calls = (last: JsonObject) =>
      read([...frames, last]).toolCalls.map(({ name, inputText }) => [name, inputText])
    expect(calls(done(call()))).toEqual([['f', '{"a":1}']])
    expect(calls(done(call({ arguments: '{"a":2}' })))).toEqual([
      ['f', '{"a":1}'],
      ['f', '{"a":2}'],
    ])
    expect(calls(completed([call({ name: 'g' })]))).toEqual([
      ['f', '{"a":1}'],
      ['g', '{"a":1}'],
    ])
    const event = { type: 'response.function_call_arguments.done', output_index: 0, arguments: '{"a":1}' }
    expect(calls({ ...event, name: 'f' })).toEqual([['f', '{"a":1}']])
    expect(calls({ ...event, name: 'g' })).toContainEqual(['g', '{"a":1}'])
  })
})

test('what the provider made is told once each: the response, its items, what it sealed', () => {
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [], encrypted_content: 'gAAAAABpJxQ' }
  const frames = [
    { type: 'response.created', response: { id: 'resp_1', object: 'response', status: 'in_progress', output: [] } },
    added({ ...reasoning, encrypted_content: 'gAAAAABpFirst' }),
    done(reasoning),
    completed([reasoning], { conversation: { id: 'conv_1' } }),
  ]
  expect(read(frames).made).toEqual([
    { kind: 'response', id: 'resp_1' },
    { kind: 'item', id: 'rs_1' },
    { kind: 'sealed', id: 'gAAAAABpFirst' },
    { kind: 'sealed', id: 'gAAAAABpJxQ' },
    { kind: 'conversation', id: 'conv_1' },
  ])
})

test('a stream that is asked for later has made no response, and says which tools its request had', () => {
  const tools = [{ type: 'function', name: 'f' }]
  const view = read([completed([call()], { tools })], responsesRetrieve)
  expect(view.made).toEqual([{ kind: 'item', id: 'fc_1' }])
  expect(view.toolSets).toMatchObject([{ tools: [{ name: 'f' }] }])
  const whole = { id: 'resp_1', status: 'completed', output: [call()], tools }
  const request = responsesRetrieve.readRequest({ type: 'none' }, NO_TARGET)
  const read_ = responsesRetrieve.readResponse({ type: 'json', text: '', value: whole }, { status: 200, request })
  expect(read_).toMatchObject({ made: view.made ?? [], toolSets: [{ tools: [{ name: 'f' }] }] })
})

test('an error in mid-stream is told in all the ways there are', () => {
  const said = 'The server had an error.'
  for (const frame of [
    { type: 'error', code: 'server_error', message: said, param: null },
    { type: 'error', error: { type: 'server_error', message: said } },
    { type: 'response.failed', response: { status: 'failed', output: [], error: { code: 'x', message: said } } },
  ]) {
    const view = read([delta('Half'), frame])
    expect(view.upstreamError).toBe(said)
    expect(view.texts.some(({ kind, text }) => kind === 'error' && text.includes(said))).toBe(true)
  }
})

test('a stream that breaks off has not ended', () => {
  const bytes = chunksOf('responses-plain')
  const text = new TextDecoder().decode(bytes)
  const cut = text.slice(0, text.indexOf('event: response.output_text.done'))
  const { ended, view } = readStream(responsesCreate, [encoder.encode(cut)])
  expect(ended).toBe(false)
  expect(textsOf(view)[0]).toEqual(['assistant', 'Rain in Oslo tomorrow, 你好 😀 — take "an umbrella".'])
})

test('frames that differ in their text, their number and their padding are read without being parsed', () => {
  let parsed = 0
  const decoder = responsesCreate.decoder('text/event-stream', responsesCreate.readRequest({ type: 'none' }, NO_TARGET))
  const holes = [0, 1, 2].map((sequence_number) => {
    parsed++
    const value = { ...delta('word'), logprobs: [], obfuscation: 'x', sequence_number }
    return decoder?.decode({ index: sequence_number, data: JSON.stringify(value), value }).holes
  })
  expect(parsed).toBe(3)
  expect(holes).toEqual([undefined, ['/obfuscation', '/sequence_number'], ['/obfuscation', '/sequence_number']])
})

describe('responses cut into deltas at random are read as the whole', () => {
  const text = fc.string({ unit: 'grapheme', minLength: 1 })
  const item = fc.oneof(
    fc.array(text, { minLength: 1, maxLength: 3 }).map((texts) => ({
      type: 'message',
      role: 'assistant',
      content: texts.map((each) => ({ type: 'output_text', text: each, annotations: [], logprobs: [] })),
    })),
    fc.array(text, { maxLength: 2 }).map((texts) => ({
      type: 'reasoning',
      summary: texts.map((each) => ({ type: 'summary_text', text: each })),
    })),
    fc.tuple(fc.stringMatching(/^[a-z]{1,6}$/), fc.json({ maxDepth: 2 })).map(([name, input]) => {
      return { type: 'function_call', name, arguments: input }
    }),
    fc
      .tuple(fc.stringMatching(/^[a-z]{1,6}$/), text)
      .map(([name, input]) => ({ type: 'custom_tool_call', name, input })),
  )

  test('items one after the other, templates or not', () => {
    const property = fc.property(fc.array(item, { minLength: 1, maxLength: 4 }), fc.nat(), (items, seed) => {
      const output = items.map((each, index) => ({ id: `i_${index}`, call_id: `c_${index}`, ...each }))
      const value = { id: 'resp_1', status: 'completed', model: 'm', output }
      const request = responsesCreate.readRequest({ type: 'none' }, NO_TARGET)
      const whole = responsesCreate.readResponse({ type: 'json', text: '', value }, { status: 200, request })
      const bytes = bytesOf(eventsOf(value, output, seed))
      for (const templates of [true, false]) {
        const reading = readStream(responsesCreate, [bytes], templates)
        expect(reading.ended).toBe(true)
        expect(verdictOf(reading.view)).toEqual(verdictOf(whole))
      }
    })
    fc.assert(property, { seed: 20261126, numRuns: 200 })
  })

  function eventsOf(value: JsonObject, output: readonly JsonObject[], seed: number): JsonObject[] {
    const next = seededRandom(seed)
    const events: JsonObject[] = [
      { type: 'response.created', response: { ...value, status: 'in_progress', output: [] } },
    ]
    const stream = (type: string, said: Json | undefined, place: JsonObject): void => {
      const all = String(said)
      for (let from = 0; from < all.length; ) {
        const end = from + 1 + Math.floor(next() * 6)
        events.push({
          type: `response.${type}.delta`,
          ...place,
          delta: all.slice(from, end),
          obfuscation: 'x'.repeat(end),
        })
        from = end
      }
    }
    for (const [output_index, each] of output.entries()) {
      const empty = { ...each, ...emptied(each) }
      events.push({ type: 'response.output_item.added', output_index, item: empty })
      for (const [content_index, part] of list(each['content'])) {
        stream('output_text', part['text'], { output_index, content_index })
        events.push({ type: 'response.content_part.done', output_index, content_index, part })
      }
      for (const [summary_index, part] of list(each['summary'])) {
        stream('reasoning_summary_text', part['text'], { output_index, summary_index })
      }
      if (each['arguments'] !== undefined) stream('function_call_arguments', each['arguments'], { output_index })
      if (each['input'] !== undefined) stream('custom_tool_call_input', each['input'], { output_index })
      events.push({ type: 'response.output_item.done', output_index, item: each })
    }
    return [...events, { type: 'response.completed', response: value }]
  }

  function emptied(each: JsonObject): JsonObject {
    const blank = { content: [], summary: [], arguments: '', input: '' }
    return Object.fromEntries(Object.entries(blank).filter(([name]) => each[name] !== undefined))
  }

  function list(value: Json | undefined): [number, JsonObject][] {
    // Written by this test.
    return [...((value ?? []) as JsonObject[]).entries()]
  }
})
