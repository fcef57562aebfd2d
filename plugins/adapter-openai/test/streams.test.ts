import { describe, expect, test } from 'bun:test'
import { everySplit } from '@sluice/testing'
import { chatCompletions } from '../src/operations/chat-completions.ts'
import { NO_TARGET, readStream, verdictOf } from './core-inside.ts'
import { chunksOf, operationOf, pairs, wholeOf } from './fixtures.ts'

describe('a stream is read as the whole answer is, however it is cut', () => {
  for (const name of pairs) {
    test(name, () => {
      const operation = operationOf(name)
      const bytes = chunksOf(name)
      const request = operation.readRequest({ type: 'none' }, NO_TARGET)
      const whole = verdictOf(operation.readResponse(wholeOf(name), { status: 200, request }))
      for (const { name: cut, pieces } of everySplit(bytes, { singleCuts: 200, random: 4 })) {
        const reading = readStream(operation, pieces)
        // Nothing is left over for the core to find: every string of these frames has a reading.
        expect({ cut, ...verdictOf(reading.view) }).toEqual({ cut, ...whole })
        expect(reading.ended).toBe(name !== 'truncated')
        expect(reading.malformedFrames).toBe(0)
      }
      expect(verdictOf(readStream(operation, [bytes], false).view)).toEqual(
        verdictOf(readStream(operation, [bytes]).view),
      )
    })
  }
})

test('an error in mid-stream is told, and what came before it is kept', () => {
  const bytes = chunksOf('error')
  const { view } = readStream(chatCompletions, [bytes])
  expect(view.upstreamError).toBe('The server had an error while processing your request.')
  expect(view.texts.map(({ kind, text }) => [kind, text])).toEqual([
    ['assistant', 'Half an'],
    ['other', 'server_error'],
    ['error', 'The server had an error while processing your request.'],
  ])
})

test('the bytes of tokens are read where they say something else, though characters are cut between them', () => {
  const { view } = readStream(chatCompletions, [chunksOf('logprobs-bytes-differ')])
  expect(view.texts.map(({ kind, text }) => [kind, text])).toEqual([
    ['assistant', 'My name is Ada.'],
    ['other', 'Her 你 key is 1234.'],
    ['other', 'xxxxx'],
    ['other', '不 at all'],
  ])
})
