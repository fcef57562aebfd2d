import { describe, expect, test } from 'bun:test'
import type { StreamEvent, StreamLimits } from '../protocol/stream.ts'
import { accumulator } from './accumulate.ts'

const roomy: StreamLimits = { maxBlocks: 100, maxChars: 10_000, maxFrameBytes: 10_000 }

/** One event a frame. */
function fold(events: readonly StreamEvent[], limits = roomy) {
  const { init, step, snapshot } = accumulator(limits)
  let state = init()
  for (const [frame, event] of events.entries()) state = step(state, { event, frame })
  return snapshot(state)
}

const start = (
  block: string,
  kind: 'assistant' | 'reasoning' | 'tool-arguments' | 'tool-result' | 'error',
  choice = 0,
  copyOf?: string,
): StreamEvent => ({
  type: 'block-start',
  block,
  choice,
  kind,
  ...(copyOf !== undefined && { copyOf }),
})
const delta = (block: string, text: string): StreamEvent => ({ type: 'block-delta', block, delta: text, pointer: '/d' })
const call = (block: string, known: { callId?: string; name?: string; definition?: string }): StreamEvent => ({
  type: 'tool-delta',
  block,
  pointer: '/n',
  ...known,
})
const end = (choice: number): StreamEvent => ({ type: 'response-end', choice, finish: { reason: 'stop', raw: 'stop' } })

describe('content that is not read', () => {
  const skip = (choice: number, content: string): StreamEvent => {
    return { type: 'content-skip', choice, content, reason: 'not read', pointer: '/s' }
  }

  test('counts once for each choice, where it was met first', () => {
    const { view } = fold([skip(0, 'audio'), skip(0, 'audio'), skip(1, 'audio'), skip(0, 'image')])
    expect(view.opaque).toEqual(
      [0, 2, 3].map((frame) => {
        const content = frame === 3 ? 'image' : 'audio'
        return { place: { frame, pointer: '/s' }, content, reason: 'not read' }
      }),
    )
  })

  test('is bounded like blocks', () => {
    const reading = fold([skip(0, 'audio'), skip(1, 'audio'), skip(2, 'audio')], { ...roomy, maxBlocks: 2 })
    expect(reading.view.opaque).toHaveLength(2)
    expect(reading).toMatchObject({ limited: 'max-blocks', dropped: { events: 1, chars: 0 } })
  })
})

describe('texts', () => {
  test('are joined from their deltas, each with its place', () => {
    const { view } = fold([start('a', 'assistant'), delta('a', 'Hel'), delta('a', ''), delta('a', 'lo')])
    expect(view.texts).toEqual([
      {
        kind: 'assistant',
        trust: 'model',
        text: 'Hello',
        choice: 0,
        sources: [
          { place: { frame: 1, pointer: '/d' }, start: 0 },
          { place: { frame: 3, pointer: '/d' }, start: 3 },
        ],
      },
    ])
  })

  test('stand by choice, then by kind, whatever came first', () => {
    const { view } = fold([
      start('c1', 'assistant', 1),
      start('t0', 'tool-arguments'),
      start('e0', 'error'),
      start('c0', 'assistant'),
      start('r0', 'reasoning'),
      start('u0', 'tool-arguments'),
      ...['c1', 'e0', 'u0', 'c0', 'r0', 't0', 'nobody started'].map((block) => delta(block, block)),
      call('t0', { name: 't' }),
      call('u0', { name: 'u' }),
    ])
    expect(view.texts.map(({ kind, text }) => [kind, text])).toEqual([
      ['reasoning', 'r0'],
      ['assistant', 'c0'],
      ['tool-name', 't'],
      ['tool-arguments', 't0'],
      ['tool-name', 'u'],
      ['tool-arguments', 'u0'],
      ['other', 'nobody started'],
      ['error', 'e0'],
      ['assistant', 'c1'],
    ])
  })

  test('leave out a copy while it is equal, and show it where it is not', () => {
    const events = [
      start('a', 'assistant'),
      start('copy', 'assistant', 0, 'a'),
      delta('a', 'secret'),
      delta('copy', 'secret'),
    ]
    expect(fold(events).view.texts.map(({ text }) => text)).toEqual(['secret'])
    const more = fold([...events, delta('copy', '!')]).view.texts
    expect(more.map(({ kind, text }) => [kind, text])).toEqual([
      ['assistant', 'secret'],
      ['other', 'secret!'],
    ])
  })

  test('a copy of arguments is no call', () => {
    const { toolCalls } = fold([
      start('t', 'tool-arguments'),
      start('done', 'tool-arguments', 0, 't'),
      delta('t', '{}'),
      delta('done', '{"x":1}'),
    ]).view
    expect(toolCalls.map(({ inputText }) => inputText)).toEqual(['{}'])
  })

  test('an earlier snapshot does not change', () => {
    const { init, step, snapshot } = accumulator(roomy)
    const state = step(init(), { event: delta('a', 'x'), frame: 0 })
    const before = snapshot(state)
    const copy = structuredClone(before)
    step(state, { event: delta('a', 'y'), frame: 1 })
    expect(before).toEqual(copy)
  })
})

describe('tool calls', () => {
  test('name in pieces, arguments before the name, id late', () => {
    const { view } = fold([
      start('t', 'tool-arguments'),
      delta('t', '{"q":'),
      call('t', { name: 'se' }),
      delta('t', '1}'),
      call('t', { name: 'arch', callId: 'call_1' }),
    ])
    expect(view.toolCalls).toEqual([
      { callId: 'call_1', name: 'search', choice: 0, input: { q: 1 }, inputText: '{"q":1}' },
    ])
    expect(view.texts).toMatchObject([
      {
        kind: 'tool-name',
        text: 'search',
        tool: { name: 'search', callId: 'call_1' },
        sources: [
          { place: { frame: 2, pointer: '/n' }, start: 0 },
          { place: { frame: 4, pointer: '/n' }, start: 2 },
        ],
      },
      { kind: 'tool-arguments', text: '{"q":1}', tool: { name: 'search', callId: 'call_1' } },
    ])
  })

  test('a call that nobody started, its arguments first', () => {
    const { toolCalls } = fold([delta('t', '{}'), call('t', { name: 'x' })]).view
    expect(toolCalls).toEqual([{ callId: '', name: 'x', choice: 0, input: {}, inputText: '{}' }])
  })

  test('without id, with arguments that are no JSON, and parallel', () => {
    const { toolCalls } = fold([
      start('b', 'tool-arguments', 1),
      start('a', 'tool-arguments', 0),
      call('b', { name: 'b' }),
      call('a', { name: 'a', callId: 'call_a' }),
      delta('b', '{"x'),
      delta('a', '[]'),
    ]).view
    expect(toolCalls).toEqual([
      { callId: 'call_a', name: 'a', choice: 0, input: [], inputText: '[]' },
      { callId: '', name: 'b', choice: 1, input: undefined, inputText: '{"x' },
    ])
  })
})

describe('the end', () => {
  test('is there once every choice has its own', () => {
    const both = [start('a', 'assistant', 0), start('b', 'assistant', 1)]
    expect(fold([]).ended).toBe(false)
    expect(fold(both).ended).toBe(false)
    expect(fold([...both, end(0)]).ended).toBe(false)
    expect(fold([...both, end(1), end(0)])).toMatchObject({
      ended: true,
      view: { finishes: [{ choice: 0 }, { choice: 1 }] },
    })
    expect(fold([...both, { type: 'stream-end' }]).ended).toBe(true)
  })

  test('the last usage and the first error count', () => {
    const { view } = fold([
      { type: 'response-start', model: 'm', pointer: '/model' },
      { type: 'response-start', model: 'm', pointer: '/model' },
      { type: 'usage', usage: { inputTokens: 1 } },
      { type: 'usage', usage: { inputTokens: 1, outputTokens: 2 } },
      { type: 'upstream-error', message: 'overloaded' },
      { type: 'upstream-error', message: 'again' },
    ])
    expect(view).toMatchObject({
      usage: { inputTokens: 1, outputTokens: 2 },
      upstreamError: 'overloaded',
      stream: false,
    })
    expect(view.models).toEqual([{ value: 'm', place: { frame: 0, pointer: '/model' } }])
  })
})

describe('bounds', () => {
  test('past max-chars nothing is added and everything counted', () => {
    const reading = fold([delta('a', '12345'), delta('a', '678901'), delta('a', '6'), delta('b', '7')], {
      ...roomy,
      maxChars: 10,
    })
    expect(reading).toMatchObject({ limited: 'max-chars', dropped: { events: 3, chars: 8 } })
    expect(reading.view.texts.map(({ text }) => text)).toEqual(['12345'])
  })

  test('names count', () => {
    expect(fold([call('a', { name: 'x'.repeat(11) })], { ...roomy, maxChars: 10 })).toMatchObject({
      limited: 'max-chars',
    })
  })

  test('past max-blocks the blocks there are stay as they were', () => {
    const reading = fold([delta('a', '1'), delta('b', '2'), delta('c', '3'), delta('a', '4')], {
      ...roomy,
      maxBlocks: 2,
    })
    expect(reading).toMatchObject({ limited: 'max-blocks', dropped: { events: 2, chars: 2 } })
    expect(reading.view.texts.map(({ text }) => text)).toEqual(['1', '2'])
  })

  test('blocks named like what every object inherits, and a choice of 4e9', () => {
    const { view } = fold([
      start('__proto__', 'assistant', 4e9),
      delta('__proto__', 'a'),
      delta('constructor', 'b'),
      end(4e9),
      end(0),
    ])
    expect(view.texts.map(({ text, choice }) => [text, choice])).toEqual([
      ['b', 0],
      ['a', 4e9],
    ])
    expect(view.finishes.map(({ choice }) => choice)).toEqual([0, 4e9])
  })

  test('many deltas cost what their number costs', () => {
    const milliseconds = (count: number): number => {
      const { init, step } = accumulator({ ...roomy, maxChars: 1e8 })
      let state = init()
      const began = performance.now()
      for (let frame = 0; frame < count; frame++) state = step(state, { event: delta('a', 'word '), frame })
      return performance.now() - began
    }
    milliseconds(10_000)
    // Quadratic growth would be 100 times; the factor leaves room for a busy machine.
    expect(milliseconds(100_000)).toBeLessThan(40 * Math.max(milliseconds(10_000), 2))
  })
})

test('a call keeps the name of the definition it was made under', () => {
  const { view } = fold([
    start('c', 'tool-arguments'),
    call('c', { callId: 'x', name: 'echo', definition: 'docs' }),
    call('c', { definition: 'other' }),
  ])
  expect(view.toolCalls).toMatchObject([{ callId: 'x', name: 'echo', definition: 'docs' }])
})

test('what a tool of the provider brought is not the words of the model', () => {
  const { view } = fold([start('r', 'tool-result'), delta('r', 'a page')])
  expect(view.texts).toMatchObject([{ kind: 'tool-result', trust: 'external', text: 'a page' }])
})

test('what a stream says was made is in its view, within bounds', () => {
  const made = (id: string): StreamEvent => ({ type: 'made', made: { kind: 'file', id }, pointer: '/id' })
  expect(fold([made('f1'), made('f2')]).view.made).toEqual([
    { kind: 'file', id: 'f1' },
    { kind: 'file', id: 'f2' },
  ])
  expect(fold([made('f1'), made('f2')], { ...roomy, maxBlocks: 1 })).toMatchObject({ limited: 'max-blocks' })
  expect(fold([]).view.made).toBeUndefined()
})

describe('what comes whole', () => {
  const whole = {
    callId: 'c1',
    name: 'shell',
    choice: 0,
    input: { commands: ['ls'] },
    inputText: '{"commands":["ls"]}',
  }

  test('a call, whose texts are no calls of their own; told again, the later counts', () => {
    const { view } = fold([
      { type: 'tool-call', block: 'call', call: { ...whole, inputText: '' } },
      { type: 'block-start', block: 'c', choice: 0, kind: 'tool-arguments', tool: { name: 'shell', callId: 'c1' } },
      delta('c', 'ls'),
      { type: 'tool-call', block: 'call', call: whole },
    ])
    expect(view.toolCalls).toEqual([whole])
    expect(view.texts).toEqual([
      {
        kind: 'tool-arguments',
        trust: 'model',
        text: 'ls',
        sources: [{ place: { frame: 2, pointer: '/d' }, start: 0 }],
        choice: 0,
        tool: { name: 'shell', callId: 'c1' },
      },
    ])
  })

  test('calls stand in the order in which they were begun, whole and in pieces', () => {
    const { view } = fold([
      start('a', 'tool-arguments'),
      { type: 'tool-call', block: 'b', call: whole },
      call('a', { callId: 'c0', name: 'f' }),
      delta('a', '{}'),
    ])
    expect(view.toolCalls.map(({ name }) => name)).toEqual(['f', 'shell'])
  })

  test('a name that stands nowhere is no text', () => {
    const { view } = fold([
      start('a', 'tool-arguments'),
      { type: 'tool-delta', block: 'a', name: 'code', definition: 'mcp:x', pointer: '' },
      delta('a', '1'),
    ])
    expect(view.texts.map(({ kind }) => kind)).toEqual(['tool-arguments'])
    expect(view.toolCalls).toMatchObject([{ name: 'code', definition: 'mcp:x', inputText: '1' }])
  })

  test('a copy that names its tool and says something else is a call; one that says the same is not', () => {
    const copy = (said: string) =>
      fold([
        start('a', 'tool-arguments'),
        call('a', { name: 'f' }),
        delta('a', '{}'),
        start('a~0', 'tool-arguments', 0, 'a'),
        call('a~0', { name: 'f' }),
        delta('a~0', said),
      ]).view.toolCalls.map(({ inputText }) => inputText)
    expect(copy('{}')).toEqual(['{}'])
    expect(copy('{"x":1}')).toEqual(['{}', '{"x":1}'])
  })

  test('trust and group are as told', () => {
    const { view } = fold([
      { type: 'block-start', block: 'r', choice: 0, kind: 'tool-result', trust: 'external', group: 'g' },
      delta('r', 'rain'),
    ])
    expect(view.texts).toMatchObject([{ kind: 'tool-result', trust: 'external', group: 'g', text: 'rain' }])
  })

  test('what was made, and the tools that the request had', () => {
    const made = { kind: 'response', id: 'resp_1' }
    const set = { place: { pointer: '/tools' }, tools: [], dependents: [], choices: [] } as const
    const { view } = fold([
      { type: 'made', made, pointer: '/id' },
      { type: 'tool-set', set },
    ])
    expect(view.made).toEqual([made])
    expect(view.toolSets).toEqual([set])
    expect(fold([]).view).not.toHaveProperty('made')
  })

  test('is bounded', () => {
    const made = (id: string): StreamEvent => ({ type: 'made', made: { kind: 'item', id }, pointer: '/id' })
    expect(fold([made('a'), made('b'), made('c')], { ...roomy, maxBlocks: 2 })).toMatchObject({
      limited: 'max-blocks',
      view: { made: [{ id: 'a' }, { id: 'b' }] },
    })
    expect(fold([{ type: 'tool-call', block: 'b', call: whole }], { ...roomy, maxChars: 9 })).toMatchObject({
      limited: 'max-chars',
      dropped: { chars: 26 },
    })
  })
})
