import { describe, expect, test } from 'bun:test'
import fc from 'fast-check'
import { createChatDecoder } from '../../test/chat-decoder.ts'
import { compilePatterns } from '../json/pattern.ts'
import { valueAt } from '../json/pointer.ts'
import { createStreamReader, type StreamReaderSetup } from './read.ts'

const runs = { seed: 20261123, numRuns: 400 }
const encoder = new TextEncoder()

const limits = { maxBlocks: 100, maxChars: 100_000, maxFrameBytes: 100_000, maxDepth: 64 }
const passedBy = ['/id', '/object', '/model', '/choices/*/finish_reason', '/choices/*/delta/role']
const ignores = compilePatterns(
  [...passedBy, '/choices/*/delta/tool_calls/*/type'].map((pointer) => ({ pointer, value: true })),
)
const knownNames = new Set(
  `id object created model choices index delta role content refusal tool_calls function type name arguments finish_reason
  usage obfuscation`.split(/\s+/),
)

function readAll(chunks: readonly Uint8Array[], more: Partial<StreamReaderSetup> = {}) {
  const reader = createStreamReader({ decoder: createChatDecoder(), ignores, knownNames, limits, ...more })
  for (const chunk of chunks) reader.push(chunk)
  return reader.end()
}

function read(text: string, more: Partial<StreamReaderSetup> = {}) {
  return readAll([encoder.encode(text)], more)
}

function decodedFrames(text: string, more: Partial<StreamReaderSetup>): number {
  let count = 0
  const { decode, end } = createChatDecoder()
  const counting: StreamReaderSetup['decoder'] = {
    end,
    decode(wire) {
      count++
      return decode(wire)
    },
  }
  read(text, { ...more, decoder: counting })
  return count
}

const frame = (value: unknown, eol = '\n'): string => `data: ${JSON.stringify(value)}${eol}${eol}`
const chunk = (delta: unknown, more: object = {}, index = 0) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1,
  model: 'm',
  choices: [{ index, delta, finish_reason: null }],
  ...more,
})
const last = (index = 0) => ({ ...chunk({}), choices: [{ index, delta: {}, finish_reason: 'stop' }] })
const textsOf = (text: string) => read(text).view.texts.map((each) => [each.kind, each.text])

describe('a chat stream', () => {
  const text = [
    frame(chunk({ role: 'assistant', content: '' }, { obfuscation: 'q' })),
    ...['My', ' "key"', ' is', ' sk-', '12', '3'].map((content, at) =>
      frame(chunk({ content }, { obfuscation: 'x'.repeat(at) })),
    ),
    frame(
      chunk({ tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: { name: 'send', arguments: '' } }] }),
    ),
    ...['{"to', '":"a@', 'b.c"}'].map((piece) =>
      frame(chunk({ tool_calls: [{ index: 0, function: { arguments: piece } }] })),
    ),
    frame(last()),
    'data: [DONE]\n\n',
  ].join('')

  test('gives the view of the whole response', () => {
    const reading = read(text)
    expect(reading).toMatchObject({ frames: 13, ended: true, malformedFrames: 0, replaced: 0 })
    expect(reading.limited).toBeUndefined()
    expect(reading.view.texts.map((each) => [each.kind, each.text])).toEqual([
      ['assistant', 'My "key" is sk-123'],
      ['tool-name', 'send'],
      ['tool-arguments', '{"to":"a@b.c"}'],
    ])
    expect(reading.view.toolCalls).toEqual([
      { callId: 'call_1', name: 'send', choice: 0, input: { to: 'a@b.c' }, inputText: '{"to":"a@b.c"}' },
    ])
    expect(reading.view.texts[0]?.sources.map(({ place, start }) => [place.frame, start])).toEqual([
      [1, 0],
      [2, 2],
      [3, 8],
      [4, 11],
      [5, 15],
      [6, 17],
    ])
  })

  test('reads most frames without parsing them', () => {
    // The role, the first word, the call, the first of its arguments, and the two ends.
    expect(decodedFrames(text, {})).toBe(6)
    expect(decodedFrames(text, { templates: false })).toBe(13)
  })

  test('a template serves only frames of the same event name, and only deltas that are the whole string', () => {
    const decoder: StreamReaderSetup['decoder'] = {
      end: () => [],
      decode({ event = '', value }) {
        const text = String(valueAt(value ?? null, '/t'))
        const delta = event === 'loud' ? text.toUpperCase() : text
        return { events: [{ type: 'block-delta', block: event, delta, pointer: '/t' }], holes: [] }
      },
    }
    const named = (event: string, t: string) => `event: ${event}\n${frame({ t })}`
    const stream = ['soft', 'other', 'loud']
      .flatMap((event) => ['a', 'b', 'c'].map((text) => named(event, text)))
      .join('')
    const texts = read(stream, { decoder, knownNames: new Set('t') }).view.texts.map(({ text }) => text)
    expect(texts).toEqual(['abc', 'soft\nother\nloud', 'abc', 'ABC'])
  })

  test('is truncated without an end of its own', () => {
    expect(read(text.slice(0, text.indexOf('"stop"'))).ended).toBe(false)
    expect(read(text.replace('data: [DONE]\n\n', '')).ended).toBe(true)
  })
})

describe('what nobody names', () => {
  test('a needle cut over frames of an unknown member is whole', () => {
    const pieces = ['sk-', '42', '42', '42', '42', '-end']
    const stream = pieces.map((piece) => frame(chunk({ reasoning: piece }))).join('')
    expect(textsOf(stream)).toContainEqual(['other', 'sk-42424242-end'])
    const repeated = ['4', '4', '4', '2', '2', '1']
    expect(textsOf(repeated.map((piece) => frame(chunk({ reasoning: piece }))).join(''))).toContainEqual([
      'other',
      '444221',
    ])
  })

  test('choices and calls are not mixed, wherever they stand in the array', () => {
    const both = {
      ...chunk({}),
      choices: [
        { index: 0, delta: { x: 'a' } },
        { index: 1, delta: { x: 'b' } },
      ],
    }
    const stream = frame(both) + frame(chunk({ x: 'B' }, {}, 1)) + frame(chunk({ x: 'A' }, {}, 0))
    const texts = read(stream).view.texts.filter(({ text }) => text !== 'x')
    expect(texts.map(({ kind, text, choice }) => [kind, text, choice])).toEqual([
      ['other', 'aA', 0],
      ['other', 'bB', 1],
    ])
  })

  test('what is the same in all frames stands once', () => {
    const stream = ['a', 'b', 'c', 'd'].map((content) => frame(chunk({ content }, { region: 'eu-1' }))).join('')
    expect(textsOf(stream)).toEqual([
      ['assistant', 'abcd'],
      ['other', 'region'],
      ['other', 'eu-1'],
    ])
  })

  test('names of members, comments, ids and event names', () => {
    const stream = `: one comment\n\nid: 7\nevent: odd\n${frame(chunk({}, { 'sk-123': 1 }))}: one comment\n\n`
    expect(textsOf(stream)).toEqual([
      ['other', 'one comment\n7\nodd'],
      ['other', 'sk-123'],
    ])
    expect(textsOf(`event: ping\n${frame({ type: 'ping' })}`)).toEqual([['other', 'ping']])
  })

  test('data that is no JSON, or a bare number, also after the end', () => {
    const reading = read('data: [DONE]\n\ndata: sk-1\n\ndata: 23\n\ndata: {"a"\n\n')
    expect(reading).toMatchObject({ ended: true, malformedFrames: 2, frames: 4 })
    expect(reading.view.texts.map(({ text }) => text)).toEqual(['sk-123{"a"'])
  })

  test('a member twice: what most readers take is read, and the text besides', () => {
    const twice = '{"choices":[{"index":0,"delta":{"content":"hidden","content":"shown"}}]}'
    const reading = read(`data: ${twice}\n\n`)
    expect(reading.malformedFrames).toBe(1)
    expect(reading.view.texts.map(({ kind, text }) => [kind, text])).toEqual([
      ['assistant', 'shown'],
      ['other', twice],
    ])
  })
})

describe('bounds', () => {
  test('a frame too long, too many characters, too many blocks', () => {
    const stream = ['aaaa', 'bbbb', 'cccc']
      .map((content) => frame(chunk({ content })))
      .concat('data: [DONE]\n\n')
      .join('')
    expect(read(stream, { limits: { ...limits, maxFrameBytes: 50 } })).toMatchObject({
      limited: 'max-frame-bytes',
      ended: false,
    })
    expect(read(stream, { limits: { ...limits, maxChars: 9 } })).toMatchObject({ limited: 'max-chars', ended: true })
    const odd = Array.from({ length: 9 }, (_, at) => frame(chunk({ [`x${at}`]: 'y' }))).join('')
    expect(read(odd, { limits: { ...limits, maxBlocks: 5 } })).toMatchObject({ limited: 'max-blocks' })
  })
})

describe('laws', () => {
  const piece = fc.oneof(
    fc.constantFrom('', ' a', '42', '😀', '你', '"', '\\', '\n', 'x"y'),
    fc.string({ unit: 'binary', maxLength: 4 }),
  )
  const index = fc.constantFrom(0, 1, 2, 4e9)
  const call = fc.record(
    {
      index: fc.constantFrom(0, 1),
      id: fc.constantFrom('c1', 'c2'),
      function: fc.record({ name: piece, arguments: piece }, { requiredKeys: [] }),
    },
    { requiredKeys: ['index'] },
  )
  const delta = fc.oneof(
    { weight: 5, arbitrary: fc.record({ content: piece }) },
    fc.record({ refusal: piece }),
    fc.record({ tool_calls: fc.array(call, { maxLength: 2 }) }),
    fc.record({ reasoning: fc.constantFrom('a', 'b', 'l'.repeat(70)) }),
    fc.record({ content: piece, reasoning: fc.constantFrom('a', 'b') }),
  )
  const more = fc.record(
    { obfuscation: fc.string({ maxLength: 4 }), region: fc.constantFrom('r1', 'r1', 'r2') },
    { requiredKeys: [] },
  )
  const value = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(delta, more, index).map((parts) => chunk(...parts)) },
    index.map(last),
    fc.json().map((text) => JSON.parse(text)),
  )
  const line = fc.oneof(
    { weight: 8, arbitrary: fc.tuple(value, fc.constantFrom('\n', '\r\n', '\r')).map((parts) => frame(...parts)) },
    fc.constantFrom(
      'data: [DONE]\n\n',
      ': ping\n\n',
      'id: 1\n',
      'event: odd\n',
      'data: no json\n\n',
      'data: {"a":"x","a":"y"}\n\n',
    ),
  )
  const stream = fc.array(line, { maxLength: 25 }).map((lines) => lines.join(''))
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 10 })
  const bounds = fc.constantFrom(
    limits,
    { ...limits, maxChars: 20 },
    { ...limits, maxBlocks: 4 },
    { ...limits, maxFrameBytes: 150 },
  )

  test('however the bytes are cut, the reading is the same', () => {
    fc.assert(
      fc.property(stream, shares, bounds, (text, at, limits) => {
        const bytes = encoder.encode(text)
        const ends = at.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b)
        const chunks = [...ends, bytes.length].map((end, position) => bytes.subarray(ends[position - 1] ?? 0, end))
        expect(readAll(chunks, { limits })).toEqual(readAll([bytes], { limits }))
      }),
      runs,
    )
  })

  test('with templates and without, the reading is the same', () => {
    fc.assert(
      fc.property(stream, bounds, (text, limits) => {
        expect(read(text, { limits })).toEqual(read(text, { limits, templates: false }))
      }),
      runs,
    )
  })
})
