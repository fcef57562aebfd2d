import { describe, expect, test } from 'bun:test'
import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { createSseSplitter, type SseFrame } from './split.ts'

const runs = { seed: 20261123, numRuns: 1000 }
const encoder = new TextEncoder()

function split(chunks: readonly Uint8Array[], maxFrameBytes = 1 << 20) {
  const splitter = createSseSplitter({ maxFrameBytes })
  const frames: SseFrame[] = []
  for (const chunk of chunks) frames.push(...splitter.push(chunk))
  frames.push(...splitter.end())
  return { frames, limited: splitter.limited, replaced: splitter.replaced }
}

function read(text: string): readonly SseFrame[] {
  return split([encoder.encode(text)]).frames
}

/** Cuts at the given shares of the length. */
function cut(bytes: Uint8Array, shares: readonly number[]): readonly Uint8Array[] {
  const ends = shares.map((share) => Math.floor(share * bytes.length)).sort((a, b) => a - b)
  return [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end))
}

const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 12 })
const lineEnd = fc.constantFrom('\n', '\r\n', '\r')
const word = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 6 }),
  fc.constantFrom('', 'é', '你', '😀', '\ufffd', '\ufeff', ' ', ':', '{"a":"b"}', '[DONE]'),
)
const line = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(fc.constantFrom('data: ', 'data:', 'data:  '), word).map((parts) => parts.join('')),
  },
  { weight: 3, arbitrary: fc.constant('') },
  fc.tuple(fc.constantFrom('event: ', 'event:', 'id: ', 'retry: ', ': ', ':', 'other: '), word).map((p) => p.join('')),
  fc.constantFrom('data', 'event', 'id', ' data: x', 'Data: x', 'dat', 'datax: y'),
  word,
)
const stream = fc
  .tuple(fc.constantFrom('', '\ufeff'), fc.array(fc.tuple(line, lineEnd)), fc.option(line, { nil: '' }))
  .map(([mark, lines, last]) => mark + lines.map((parts) => parts.join('')).join('') + last)

describe('what clients read', () => {
  test('the examples of the standard', () => {
    expect(read('data: YHOO\ndata: +2\ndata: 10\n\n').map((frame) => frame.data)).toEqual(['YHOO\n+2\n10'])
    expect(read('data\n\ndata\ndata\n\ndata:').map((frame) => frame.data)).toEqual(['', '\n', ''])
    expect(read('data:test\n\ndata: test\n\n').map((frame) => frame.data)).toEqual(['test', 'test'])
    expect(read(': test stream\n\ndata: first event\nid: 1\n\n')).toEqual([
      { aside: 'test stream', start: 0, end: 15 },
      { data: 'first event', aside: '1', start: 15, end: 40 },
    ])
  })

  test('a named event', () => {
    expect(read('event: add\ndata: 7\n\ndata: 8\n\n')).toEqual([
      { event: 'add', data: '7', start: 0, end: 20 },
      { data: '8', start: 20, end: 29 },
    ])
  })

  test('a frame without its blank line is delivered and marked', () => {
    expect(read('data: a\n\ndata: {"b"')).toEqual([
      { data: 'a', start: 0, end: 9 },
      { data: '{"b"', start: 9, end: 19, unterminated: true },
    ])
  })

  test('agrees with eventsource-parser on any stream, however it is cut', () => {
    fc.assert(
      fc.property(stream, shares, (text, at) => {
        const bytes = encoder.encode(text)
        const theirs: { event: string | undefined; data: string }[] = []
        const parser = createParser({ onEvent: ({ event, data }) => theirs.push({ event, data }) })
        parser.feed(new TextDecoder().decode(bytes))
        const ours = split(cut(bytes, at))
          .frames.filter((frame) => frame.data !== undefined && frame.unterminated === undefined)
          .map(({ event, data }) => ({ event, data }))
        expect(ours as unknown).toEqual(theirs)
      }),
      runs,
    )
  })
})

describe('bytes', () => {
  test('frames, offsets and counts do not depend on the cut, whatever the bytes are', () => {
    const bytes = fc.oneof(
      stream.map((text) => encoder.encode(text)),
      fc
        .array(fc.constantFrom(0x64, 0x0a, 0x0d, 0xef, 0xbf, 0xbd, 0xbb, 0xc3, 0xa9, 0xf0, 0x9f, 0x98, 0x80, 0x3a))
        .map((codes) => Uint8Array.from(codes)),
    )
    fc.assert(
      fc.property(bytes, shares, (whole, at) => {
        expect(split(cut(whole, at))).toEqual(split([whole]))
        expect(split(Array.from(whole, (byte) => Uint8Array.of(byte)))).toEqual(split([whole]))
      }),
      runs,
    )
  })

  test('each frame read alone, from its offsets, is the same frame', () => {
    fc.assert(
      fc.property(stream, (text) => {
        const bytes = encoder.encode(text)
        let last = 0
        for (const frame of split([bytes]).frames) {
          expect(frame.start).toBeGreaterThanOrEqual(last)
          // The line end keeps a U+FEFF that stands first in a later frame from being a byte order mark.
          const before = frame.start === 0 ? '' : '\n'
          const alone = split([encoder.encode(before), bytes.subarray(frame.start, frame.end)]).frames
          expect(alone).toEqual([{ ...frame, start: before.length, end: before.length + frame.end - frame.start }])
          expect(split([bytes.subarray(last, frame.start)]).frames).toEqual([])
          last = frame.end
        }
      }),
      runs,
    )
  })

  test('a character cut at any byte survives', () => {
    const bytes = encoder.encode('data: 😀你é\n\ndata: 2\n\n')
    for (let at = 0; at <= bytes.length; at++) {
      expect(split([bytes.subarray(0, at), bytes.subarray(at)]).frames.map((frame) => frame.data)).toEqual([
        '😀你é',
        '2',
      ])
    }
  })

  test('offsets hold where a chunk has as many characters as bytes by chance', () => {
    const bytes = encoder.encode('data: 😀\n\ndata: é\n\n')
    // The second chunk: the last byte of 😀 is two units, the two bytes of é are one.
    expect(split([bytes.subarray(0, 9), bytes.subarray(9)]).frames).toEqual([
      { data: '😀', start: 0, end: 12 },
      { data: 'é', start: 12, end: 22 },
    ])
  })

  test('bytes that are not UTF-8 are read as clients read them, and counted', () => {
    const bytes = Uint8Array.from([...encoder.encode('data: \ufffd'), 0xff, 0xc3, ...encoder.encode('x\n\n'), 0xe2])
    const { frames, replaced } = split([bytes])
    expect(frames[0]?.data).toBe('\ufffd\ufffd\ufffdx')
    expect(replaced).toBe(3)
  })
})

describe('a frame over the limit', () => {
  test('ends the reading and says so, however it is cut', () => {
    const bytes = encoder.encode('data: 1\n\ndata: 22\n\ndata: 3\n\n')
    for (const chunks of [[bytes], Array.from(bytes, (byte) => Uint8Array.of(byte))]) {
      expect(split(chunks, 10)).toMatchObject({ limited: false, frames: [{}, {}, {}] })
      expect(split(chunks, 9)).toEqual({ frames: [{ data: '1', start: 0, end: 9 }], limited: true, replaced: 0 })
    }
  })

  test('counts a frame that never ends, and comments', () => {
    expect(split([encoder.encode('data: 123456')], 10)).toMatchObject({ limited: true, frames: [] })
    expect(split([encoder.encode(': a\n: b\n: c\n')], 10)).toMatchObject({ limited: true, frames: [] })
  })
})

test('a long line fed a byte at a time costs what its length costs', () => {
  const seconds = (length: number): number => {
    const splitter = createSseSplitter({ maxFrameBytes: 1 << 24 })
    const byte = encoder.encode('x')
    splitter.push(encoder.encode('data: '))
    const began = performance.now()
    for (let count = 0; count < length; count++) splitter.push(byte)
    splitter.push(encoder.encode('\n\n'))
    return performance.now() - began
  }
  seconds(20_000)
  // Quadratic growth would be 100 times; the factor leaves room for a busy machine.
  expect(seconds(200_000)).toBeLessThan(40 * Math.max(seconds(20_000), 2))
})
