import { expect, test } from 'bun:test'
import { fileURLToPath } from 'node:url'
import type { ExchangeRecord } from '@sluice/core'
import { sse } from '@sluice/testing'
import { chunks, frame, prompt } from '../pitfalls/answers.ts'
import { served } from '../pitfalls/served.ts'

const gateway = served({
  config: {
    plugins: [
      { use: '@sluice/detector-pii' },
      { use: '@sluice/detector-secrets' },
      { use: fileURLToPath(new URL('./counting-detector.ts', import.meta.url)), id: 'counting' },
    ],
  },
})

/** The record of a stream of so many deltas. Words that make detectors look closely, and find nothing. */
async function recordOf(deltas: number): Promise<ExchangeRecord> {
  const words = 'call 555 at a@b or key= 4111 '
  const content = words.repeat(Math.ceil((deltas * 8) / words.length)).slice(0, deltas * 8)
  gateway.upstream.respond(sse([...chunks([{ content }], { piece: 8 }).map(frame), 'data: [DONE]\n\n'].join('')))
  const answer = await gateway.send('/v1/chat/completions', prompt('hi', { stream: true }), {
    read: { timeoutMs: 20_000 },
  })
  expect(answer.end).toBe('complete')
  return gateway.record(answer)
}

// https://github.com/ogx-ai/ogx/issues/5664
test('32 the whole text is scanned again at every chunk', async () => {
  for (const deltas of [10, 100, 1000]) {
    const { detections, segments } = await recordOf(deltas)
    const given = detections.filter(({ type }) => type === 'IP_COUNTED').map(({ data }) => Number(data?.['given']))
    const inspected = segments.inspected.filter(({ direction }) => direction === 'egress')
    const chars = inspected.reduce((sum, count) => sum + count.chars, 0)
    expect(chars).toBeGreaterThanOrEqual(deltas * 8)
    // What a detector is given in all is the text, once.
    expect(Math.max(...given)).toBe(chars)
  }
})

// https://github.com/ogx-ai/ogx/issues/5664
test('32 the cost of a stream grows with the square of its length', async () => {
  const least = async (deltas: number): Promise<number> => {
    const times: number[] = []
    for (let run = 0; run < 3; run++) times.push((await recordOf(deltas)).ms['detect'] ?? 0)
    return Math.min(...times)
  }
  await least(1000)
  const short = await least(4_000)
  const long = await least(32_000)
  // Eight times the length. A square would be 64; half of that leaves room for a busy machine.
  expect(long / short).toBeLessThan(32)
}, 60_000)
