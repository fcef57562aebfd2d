import { describe, expect, test } from 'bun:test'
import type { Json, JsonBody, JsonObject, JsonPointer, Operation } from '@sluice/core'
import { stringLeaves } from '../src/json/leaves.ts'
import { operations } from '../src/operations/all.ts'
import { batchesCreate } from '../src/operations/batches-create.ts'
import { chatCompletions } from '../src/operations/chat-completions.ts'
import { completions } from '../src/operations/completions.ts'
import { embeddings } from '../src/operations/embeddings.ts'
import { moderations } from '../src/operations/moderations.ts'
import { responsesCompact, responsesCreate, responsesInputTokens } from '../src/operations/responses.ts'
import { inspected, NO_TARGET, readStream } from './core-inside.ts'
import { chunksOf, operationOf, pairs, wholeOf } from './fixtures.ts'
import {
  BATCH,
  CHAT,
  COMPACTION,
  COMPLETION,
  CONVERSATION,
  CONVERSATION_ITEMS,
  CONVERSATION_UPDATE,
  EMBEDDING,
  MODERATION,
  RESPONSE,
  TOKEN_COUNT,
} from './requests.ts'

const NEEDLE = 'the needle, in so many words'

/** The value with the string at a pointer replaced. */
function withNeedle(value: Json, pointer: JsonPointer): Json {
  const copy = structuredClone(value) as JsonObject
  const tokens = pointer.split('/').slice(1)
  const last = tokens.pop() ?? ''
  // Walks a copy that is this test's own, down a pointer that was read from it.
  let at = copy as Record<string, unknown>
  for (const token of tokens) at = at[token] as Record<string, unknown>
  at[last] = NEEDLE
  return copy
}

function operationNamed(name: string): Operation {
  const operation = operations.find((each) => each.name === name)
  if (!operation) throw new Error(`no operation ${name}`)
  return operation
}

function body(value: Json): JsonBody {
  return { type: 'json', text: JSON.stringify(value), value }
}

describe('no string of a request passes by', () => {
  const requests: readonly (readonly [Operation, JsonObject])[] = [
    [chatCompletions, CHAT],
    [completions, COMPLETION],
    [embeddings, EMBEDDING],
    [moderations, MODERATION],
    [batchesCreate, BATCH],
    [responsesCreate, RESPONSE],
    [responsesCompact, COMPACTION],
    [responsesInputTokens, TOKEN_COUNT],
    [operationNamed('conversations.create'), CONVERSATION],
    [operationNamed('conversations.update'), CONVERSATION_UPDATE],
    [operationNamed('conversations.items.create'), CONVERSATION_ITEMS],
  ]
  for (const [operation, request] of requests) {
    test(operation.name, () => {
      const missed = stringLeaves(request, '').filter(({ pointer }) => {
        const segments = inspected(operation, body(withNeedle(request, pointer)), 'ingress')
        return !segments.some(({ text }) => text.includes(NEEDLE))
      })
      expect(missed).toEqual([])
    })
  }
})

describe('no string of an answer passes by, whole or streamed', () => {
  for (const name of pairs) {
    const operation = operationOf(name)
    test(name, () => {
      const whole = wholeOf(name).value
      const missed = stringLeaves(whole, '').filter(({ pointer }) => {
        const segments = inspected(operation, body(withNeedle(whole, pointer)), 'egress')
        return !segments.some(({ text }) => text.includes(NEEDLE))
      })
      expect(missed).toEqual([])
    })

    test(`${name}, streamed`, () => {
      const frames = framesOf(name)
      for (const [index, frame] of frames.entries()) {
        for (const { pointer } of stringLeaves(frame, '')) {
          // Declared: random padding, different in every frame.
          if (pointer === '/obfuscation') continue
          const changed = frames.map((other, at) => (at === index ? withNeedle(frame, pointer) : other))
          const { view } = readStream(operation, [bytesOf(changed)])
          const texts = [...view.texts.map(({ text }) => text), ...view.toolCalls.map(({ callId }) => callId)]
          expect({ index, pointer, found: texts.some((text) => text.includes(NEEDLE)) }).toEqual({
            index,
            pointer,
            found: true,
          })
        }
      }
    }, 120_000)
  }
})

test('the bodies of errors are read, whatever their status and shape', () => {
  const request = chatCompletions.readRequest({ type: 'none' }, NO_TARGET)
  for (const status of [200, 400, 503]) {
    for (const value of [{ error: { message: NEEDLE, type: 'x' } }, { error: NEEDLE }]) {
      const view = chatCompletions.readResponse(body(value), { status, request })
      expect(view.upstreamError).toBe(NEEDLE)
      expect(view.texts.map(({ kind, trust, text }) => ({ kind, trust, text }))).toContainEqual({
        kind: 'error',
        trust: 'external',
        text: NEEDLE,
      })
    }
    const page = chatCompletions.readResponse({ type: 'text', text: NEEDLE }, { status, request })
    expect(page.texts[0]).toMatchObject({ kind: status === 200 ? 'other' : 'error', text: NEEDLE })
  }
})

function framesOf(name: string): Json[] {
  const lines = new TextDecoder().decode(chunksOf(name)).split(/\r?\n/)
  return lines.filter((line) => line.startsWith('data: {')).map((line) => JSON.parse(line.slice('data: '.length)))
}

function bytesOf(frames: readonly Json[]): Uint8Array {
  return new TextEncoder().encode(frames.map((frame) => `data: ${JSON.stringify(frame)}\n\n`).join(''))
}
