import assert from 'node:assert/strict'
import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import type { Operation, StreamReading } from '../../packages/core/src/index.ts'
import { compilePatterns, createStreamReader } from '../../packages/core/src/index.ts'
import { adapters } from '../adapters.ts'
import { cuts, mutated, pieces } from '../mutate.ts'
import { bytesOf, fuzzTarget, latin1Of } from '../target.ts'

const limits = { maxBlocks: 40, maxChars: 20_000, maxFrameBytes: 4096, maxDepth: 64 }
const request = {
  models: [],
  stream: true,
  texts: [],
  toolSets: [],
  toolCalls: [],
  toolResults: [],
  opaque: [],
  copies: [],
  finishes: [],
}

/** Every operation that streams, with the streams recorded for its adapter. */
const streaming = adapters.flatMap(({ name, instance, fixtures }) =>
  instance.operations
    .filter((operation) => operation.transport === 'http' && decoderOf(operation) !== undefined)
    .map((operation) => ({ key: `${name} ${operation.name}`, operation, seeds: recorded(fixtures) })),
)
const seeds = new Map(streaming.map(({ key, seeds }) => [key, seeds]))

export const streams = fuzzTarget<{ operation: string; text: string; at: readonly number[] }>({
  name: 'streams',
  law: 'Any frames are read without an exception, within bounds, and alike however they are cut, with templates and without.',
  cases: fc.constantFrom(...streaming.map(({ key }) => key)).chain((operation) =>
    fc.record({
      operation: fc.constant(operation),
      text: mutated(seeds.get(operation) ?? [], 8),
      at: cuts,
    }),
  ),
  check({ operation: key, text, at }) {
    const operation = streaming.find((one) => one.key === key)?.operation
    if (operation === undefined) return
    const bytes = bytesOf(text)
    const whole = read(operation, [bytes], true)
    assert.deepEqual(read(operation, pieces(bytes, at), true), whole)
    assert.deepEqual(read(operation, [bytes], false), whole)
    const chars = whole.view.texts.reduce((sum, one) => sum + one.text.length, 0)
    assert(chars <= 3 * limits.maxChars, `${chars} characters were kept`)
    for (const { text, sources } of whole.view.texts) {
      let before = -1
      for (const { start } of sources) {
        assert(start > before && start <= text.length, 'sources are not in order')
        before = start
      }
    }
  },
})

function read(operation: Operation, chunks: readonly Uint8Array[], templates: boolean): StreamReading {
  const decoder = decoderOf(operation)
  assert(decoder !== undefined)
  const ignores = compilePatterns(operation.responseIgnores.map(({ pointer, reason }) => ({ pointer, value: reason })))
  const reader = createStreamReader({ decoder, limits, ignores, knownNames: new Set(operation.names), templates })
  for (const chunk of chunks) reader.push(chunk)
  return reader.end()
}

function decoderOf(operation: Operation) {
  return operation.decoder('text/event-stream', request)
}

function recorded(folder: URL): readonly string[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.chunks.txt'))
    .map((name) => latin1Of(readFileSync(new URL(name, folder))))
}
