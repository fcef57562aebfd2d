import assert from 'node:assert/strict'
import { createParser } from 'eventsource-parser'
import fc from 'fast-check'
import { createSseSplitter, type SseFrame } from '../../packages/core/src/index.ts'
import { cuts, mutated, pieces } from '../mutate.ts'
import { bytesOf, fuzzTarget } from '../target.ts'

const maxFrameBytes = 4096
const seeds = [
  'data: {"a":1}\n\ndata: {"b":"\u00f0\u009f\u0098\u0080"}\r\n\r\n: ping\n\nevent: x\ndata: one\ndata: two\n\ndata: [DONE]\n\n',
  '\u00ef\u00bb\u00bfid: 1\rdata:x\r\rdata\n\nretry: 5\nunknown: y\n\ndata: last',
]

export const sse = fuzzTarget<{ text: string; at: readonly number[] }>({
  name: 'sse',
  law: 'Frames do not depend on the cut, stand where they say, and are those of eventsource-parser.',
  cases: fc.record({ text: mutated(seeds, 10), at: cuts }),
  check({ text, at }) {
    const bytes = bytesOf(text)
    const whole = split([bytes])
    assert.deepEqual(split(pieces(bytes, at)), whole)
    let from = 0
    for (const { start, end } of whole) {
      assert(start >= from && end > start && end <= bytes.length, 'frames overlap or stand outside of the stream')
      from = end
    }
    const expected = reference(bytes)
    const dispatched = whole.filter(({ unterminated }) => unterminated !== true)
    assert.deepEqual(
      dispatched.flatMap(({ event, data }) => (data === undefined ? [] : [{ event, data }])),
      expected,
    )
  },
})

function split(chunks: readonly Uint8Array[]): readonly SseFrame[] {
  const splitter = createSseSplitter({ maxFrameBytes })
  return [...chunks.flatMap((chunk) => splitter.push(chunk)), ...splitter.end()]
}

function reference(bytes: Uint8Array): { event: string | undefined; data: string }[] {
  const events: { event: string | undefined; data: string }[] = []
  const parser = createParser({
    onEvent: ({ event, data }) => events.push({ event: event === '' ? undefined : event, data }),
  })
  // One byte order mark is dropped, by the parser itself.
  parser.feed(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes))
  return events
}
