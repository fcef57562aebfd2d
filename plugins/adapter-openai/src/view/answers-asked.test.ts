import { describe, expect, test } from 'bun:test'
import type { Body, BodyView, Json } from '@sluice/core'
import { readChatRequest } from '../chat/read-request.ts'
import { readCompletionRequest } from '../completions/read-request.ts'
import { readEmbeddingRequest } from '../inputs/embeddings.ts'
import { readModerationRequest } from '../inputs/moderations.ts'

const weight = (read: (body: Body) => BodyView, value: Json) =>
  read({ type: 'json', text: JSON.stringify(value), value }).weight

describe('for how many requests one counts', () => {
  test('chat: as many as answers are asked for', () => {
    const cases: readonly (readonly [Json, number | undefined])[] = [
      [{}, undefined],
      [{ n: null }, undefined],
      [{ n: 1 }, undefined],
      [{ n: 128 }, 128],
      // What one provider refuses another may take.
      [{ n: '128' }, 128],
      [{ n: 2.5 }, 3],
      [{ n: 1e300 }, 1e300],
      [{ n: 0 }, undefined],
      [{ n: -4 }, undefined],
      [{ n: 'many' }, undefined],
      [{ n: [128] }, undefined],
    ]
    for (const [body, expected] of cases) expect([body, weight(readChatRequest, body)]).toEqual([body, expected])
  })

  test('completions: each prompt of a list, times the answers made of it', () => {
    expect(weight(readCompletionRequest, { prompt: 'a' })).toBeUndefined()
    expect(weight(readCompletionRequest, { prompt: ['a', 'b', 'c'] })).toBe(3)
    expect(weight(readCompletionRequest, { prompt: ['a', 'b'], n: 3, best_of: 5 })).toBe(10)
    expect(weight(readCompletionRequest, { prompt: [1, 2, 3] })).toBeUndefined()
    expect(weight(readCompletionRequest, { prompt: [[1], [2, 3]] })).toBe(2)
  })

  test('embeddings and moderations: each input, of which a list of tokens or of parts is one', () => {
    for (const read of [readEmbeddingRequest, readModerationRequest]) {
      expect(weight(read, { input: 'a' })).toBeUndefined()
      expect(weight(read, { input: [] })).toBeUndefined()
      expect(weight(read, { input: Array.from({ length: 2048 }, () => 'a') })).toBe(2048)
    }
    expect(weight(readEmbeddingRequest, { input: [1, 2, 3] })).toBeUndefined()
    expect(weight(readEmbeddingRequest, { input: [[1], [2]] })).toBe(2)
    const parts = [
      { type: 'text', text: 'a' },
      { type: 'image_url', image_url: { url: 'https://a.example/b.png' } },
    ]
    expect(weight(readModerationRequest, { input: parts })).toBeUndefined()
  })
})
