import { expect, test } from 'bun:test'
import type { Body, BodyView, Json } from '@sluice/core'
import { readCompletionRequest } from '../completions/read-request.ts'
import { readEmbeddingRequest } from './embeddings.ts'
import { readModerationRequest } from './moderations.ts'

function summary(read: (body: Body) => BodyView, value: Json): unknown {
  const view = read({ type: 'json', text: JSON.stringify(value), value })
  return {
    texts: view.texts.map(({ kind, trust, text, group }) => [kind, trust, text, ...(group ? [group] : [])]),
    opaque: view.opaque.map(({ content, place }) => [content, place.pointer]),
  }
}

test('prompts: a string, a list the provider joins, tokens, lists of tokens', () => {
  expect(summary(readCompletionRequest, { prompt: 'a', suffix: 'z' })).toEqual({
    texts: [
      ['user', 'user', 'a'],
      ['user', 'user', 'z'],
    ],
    opaque: [],
  })
  expect(summary(readCompletionRequest, { prompt: ['a', 'b'] })).toEqual({
    texts: [
      ['user', 'user', 'a', '/prompt'],
      ['user', 'user', 'b', '/prompt'],
    ],
    opaque: [],
  })
  expect(summary(readCompletionRequest, { prompt: [1, 2] })).toEqual({ texts: [], opaque: [['tokens', '/prompt']] })
  expect(summary(readCompletionRequest, { prompt: [[1], [2, 3]] })).toEqual({
    texts: [],
    opaque: [
      ['tokens', '/prompt/0'],
      ['tokens', '/prompt/1'],
    ],
  })
})

test('embedding input: inputs of a list stand for themselves', () => {
  expect(summary(readEmbeddingRequest, { input: ['a', 'b'] })).toEqual({
    texts: [
      ['embedding-input', 'user', 'a'],
      ['embedding-input', 'user', 'b'],
    ],
    opaque: [],
  })
  expect(summary(readEmbeddingRequest, { input: [5, 6] })).toEqual({ texts: [], opaque: [['tokens', '/input']] })
})

test('moderation input: strings and parts', () => {
  expect(summary(readModerationRequest, { input: 'a' })).toEqual({
    texts: [['moderation-input', 'user', 'a']],
    opaque: [],
  })
  const image = { type: 'image_url', image_url: { url: 'https://example.com/x.png' } }
  expect(summary(readModerationRequest, { input: [{ type: 'text', text: 'a' }, image] })).toEqual({
    texts: [
      ['moderation-input', 'user', 'a', '/input'],
      ['other', 'user', 'https://example.com/x.png'],
    ],
    opaque: [['image', '/input/1/image_url/url']],
  })
})
