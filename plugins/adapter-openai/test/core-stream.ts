import type { BodyView, Operation } from '@sluice/core'
// The reading of streams is the core's inside, not its interface: only a test may look at both sides of law 3.
import { compilePatterns } from '../../../packages/core/src/json/pattern.ts'
import { orderTexts } from '../../../packages/core/src/stream/order.ts'
import { createStreamReader, type StreamReading } from '../../../packages/core/src/stream/read.ts'

const limits = { maxBlocks: 1000, maxChars: 1_000_000, maxFrameBytes: 1_000_000, maxDepth: 512 }
const NO_REQUEST: BodyView = {
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

/** Reads a stream as the gateway does. Every member name counts as known: what is left over is text. */
export function readStream(operation: Operation, chunks: readonly Uint8Array[], templates = true): StreamReading {
  const decoder = operation.decoder('text/event-stream; charset=utf-8', NO_REQUEST)
  if (!decoder) throw new Error(`${operation.name} does not stream`)
  const ignores = compilePatterns(operation.responseIgnores.map(({ pointer, reason }) => ({ pointer, value: reason })))
  const reader = createStreamReader({ decoder, limits, ignores, knownNames: new EveryName(), templates })
  for (const chunk of chunks) reader.push(chunk)
  return reader.end()
}

/** What policy sees of a view, without the places. */
export function verdictOf(view: BodyView): object {
  return {
    models: view.models.map(({ value }) => value),
    texts: orderTexts(view.texts).map(({ kind, choice, text, tool }) => ({ kind, choice, text, tool })),
    toolCalls: view.toolCalls.map(({ place, ...call }) => call),
    finishes: view.finishes,
    usage: view.usage,
    upstreamError: view.upstreamError,
  }
}

class EveryName extends Set<string> {
  override has(): boolean {
    return true
  }
}
