import {
  type Body,
  type BodyView,
  compileFields,
  compilePatterns,
  createStreamReader,
  type Declared,
  type Direction,
  type Json,
  type JsonBody,
  type Operation,
  orderTexts,
  type RequestTarget,
  type StreamReading,
  segmentsOf,
  type TextSegment,
} from '@sluice/core'

const limits = { maxBlocks: 10_000, maxChars: 10_000_000, maxFrameBytes: 10_000_000, maxDepth: 512 }

/** A request that says nothing beside its body; parameters of the path are called `id-1`. */
export function targetOf({ methods, path }: Operation): RequestTarget {
  const params = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => [name, 'id-1'] as const)
  return { method: methods[0] ?? 'GET', query: [], params: new Map(params) }
}

export function jsonBody(value: Json, text: string = JSON.stringify(value)): JsonBody {
  return { type: 'json', text, value }
}

/** The view of a request without a body, for answers that are read without their request. */
export function noRequest(operation: Operation): BodyView {
  return operation.readRequest({ type: 'none' }, targetOf(operation))
}

const compiled: Readonly<Record<Direction, WeakMap<Operation, Declared>>> = {
  ingress: new WeakMap(),
  egress: new WeakMap(),
}

/** What the gateway passes by and knows of an operation's bodies. */
function declared(operation: Operation, direction: Direction): Declared {
  const known = compiled[direction].get(operation)
  if (known) return known
  const made = compile(operation, direction)
  compiled[direction].set(operation, made)
  return made
}

function compile(operation: Operation, direction: Direction): Declared {
  const ignores = direction === 'ingress' ? operation.ignores : operation.responseIgnores
  const names = new Set(operation.names)
  const fields = direction === 'ingress' ? compileFields(operation.fields ?? {}).names : []
  for (const name of fields) names.add(name)
  for (const { pointer } of ignores) for (const name of pointer.split('/')) names.add(name)
  return {
    ignores: compilePatterns(ignores.map(({ pointer, reason }) => ({ pointer, value: reason }))),
    knownNames: names,
  }
}

/** Everything that the gateway would inspect: what the adapter names, and what it leaves to the core. */
export function segmentsRead(operation: Operation, body: Body, direction: Direction): readonly TextSegment[] {
  const view =
    direction === 'ingress'
      ? operation.readRequest(body, targetOf(operation))
      : operation.readResponse(body, { status: 200, request: noRequest(operation) })
  return segmentsOf(body, view, declared(operation, direction), direction, [])
}

export interface StreamReadOptions {
  /** False: every frame is parsed. Default true. */
  readonly templates?: boolean
  /** Names count as known: what is left over are values. */
  readonly everyName?: boolean
}

/** Reads a stream as the gateway does. Undefined: the operation has none. */
export function streamRead(
  operation: Operation,
  chunks: readonly Uint8Array[],
  { templates = true, everyName = false }: StreamReadOptions = {},
): StreamReading | undefined {
  const decoder = operation.decoder('text/event-stream; charset=utf-8', { ...noRequest(operation), stream: true })
  if (decoder === undefined) return undefined
  const { ignores, knownNames } = declared(operation, 'egress')
  const names = everyName ? new EveryName() : knownNames
  const reader = createStreamReader({ decoder, limits, ignores, knownNames: names, templates })
  for (const chunk of chunks) reader.push(chunk)
  return reader.end()
}

class EveryName extends Set<string> {
  override has(): boolean {
    return true
  }
}

/** What policy sees of a view, without the places. */
export function verdictOf(view: BodyView): object {
  const opaque = new Set(view.opaque.map(({ content, reason }) => `${content}: ${reason}`))
  return {
    models: [...new Set(view.models.map(({ value }) => value))],
    texts: orderTexts(view.texts).map(({ kind, trust, choice, text, tool }) => ({ kind, trust, choice, text, tool })),
    toolCalls: view.toolCalls.map(({ place, ...call }) => call),
    // A stream says once for each kind of content that it was not read.
    opaque: [...opaque],
    finishes: view.finishes,
    usage: view.usage,
    made: view.made,
    upstreamError: view.upstreamError,
  }
}
