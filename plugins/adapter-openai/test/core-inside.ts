import type {
  Body,
  BodyView,
  Direction,
  JsonObject,
  NamedText,
  Operation,
  RequestTarget,
  ServerMessage,
  TextSegment,
} from '@sluice/core'
// These are the core's inside, not its interface: a test of the laws has to look at both sides of them.
import { segmentsOf } from '../../../packages/core/src/inspect/segments.ts'
import { checkFields, compileFields } from '../../../packages/core/src/json/fields.ts'
import { compilePatterns } from '../../../packages/core/src/json/pattern.ts'
import { Gathering } from '../../../packages/core/src/stream/gathering.ts'
import { orderTexts } from '../../../packages/core/src/stream/order.ts'
import { createStreamReader, type StreamReading } from '../../../packages/core/src/stream/read.ts'

const limits = { maxBlocks: 1000, maxChars: 1_000_000, maxFrameBytes: 1_000_000, maxDepth: 512 }
export const NO_TARGET: RequestTarget = { method: 'POST', query: [], params: new Map() }
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
  const ignores = patternsOf(operation.responseIgnores)
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
    opaque: view.opaque.map(({ content, reason }) => ({ content, reason })),
    finishes: view.finishes,
    usage: view.usage,
    upstreamError: view.upstreamError,
    made: view.made,
  }
}

/** Everything the gateway would inspect of a body: what the adapter names and what it leaves to the core. */
export function inspected(operation: Operation, body: Body, direction: Direction): readonly TextSegment[] {
  const isRequest = direction === 'ingress'
  const view = isRequest
    ? operation.readRequest(body, NO_TARGET)
    : operation.readResponse(body, { status: 200, request: NO_REQUEST })
  const ignores = patternsOf(isRequest ? operation.ignores : operation.responseIgnores)
  return segmentsOf(body, view, { ignores, knownNames: new EveryName() }, direction, [])
}

/** The same of one message of a session, whose view is made by its reader. */
export function inspectedMessage(
  operation: Operation,
  body: Body,
  view: BodyView,
  direction: Direction,
): readonly TextSegment[] {
  const ignores = patternsOf(direction === 'ingress' ? operation.ignores : operation.responseIgnores)
  return segmentsOf(body, view, { ignores, knownNames: new EveryName() }, direction, [])
}

/** What a piece of a text, gathered alone, would be inspected as. */
export function gathered(
  operation: Operation,
  value: JsonObject,
  { trust, decoded }: Extract<ServerMessage, { type: 'piece' }>,
): readonly NamedText[] {
  const ignores = patternsOf(operation.responseIgnores)
  const gathering = new Gathering(trust, { limits, ignores, knownNames: new EveryName() })
  gathering.add(value, decoded, 0)
  return gathering.snapshot().view.texts
}

/** What the gateway would say of a request's fields; undefined where it takes them. */
export function fieldProblem(operation: Operation, request: JsonObject): string | undefined {
  return checkFields(request, compileFields(operation.fields ?? {}))
}

function patternsOf(ignores: Operation['ignores']): ReturnType<typeof compilePatterns<string>> {
  return compilePatterns(ignores.map(({ pointer, reason }) => ({ pointer, value: reason })))
}

class EveryName extends Set<string> {
  override has(): boolean {
    return true
  }
}
