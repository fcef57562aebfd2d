import { compileRoute, type Route } from '../exchange/routes.ts'
import { segmentsOf } from '../inspect/segments.ts'
import { compilePatterns } from '../json/pattern.ts'
import { isJsonObject } from '../json/type.ts'
import type { Ignore, Operation, RequestTarget } from '../protocol/adapter.ts'
import type { CensusOutcome } from '../protocol/census.ts'
import type { Json } from '../protocol/json.ts'
import type { StreamLimits } from '../protocol/stream.ts'
import { createStreamReader } from '../stream/read.ts'
import { outcomes } from './outcome.ts'
import { type Fill, fillSample } from './places.ts'
import { placeIn, sampleBody } from './sample-body.ts'
import { socketReadings } from './socket-readings.ts'

/** Tells what became of a text that was filled in. */
export type Look = (fill: Fill) => CensusOutcome

export interface Readings {
  request(value: Json): Look
  response(value: Json): Look
  /** A look at each frame, all of them in one stream. */
  stream(frames: readonly Json[]): readonly Look[]
}

export const limits: StreamLimits & { readonly maxDepth: number } = {
  maxBlocks: 1e6,
  maxChars: 1e9,
  maxFrameBytes: 1e9,
  maxDepth: 512,
}

/** Reads filled samples as the gateway reads bodies. `request` is a sample of the request that answers are read for. */
export function readings(operation: Operation, request: Json | undefined): Readings {
  if (operation.socket !== undefined) return socketReadings(operation, operation.socket)
  const declared = declarationsOf(operation)
  const target = targetOf(operation)
  const ignores = compilePatterns(operation.ignores.map(asEntry))
  const responseIgnores = compilePatterns(operation.responseIgnores.map(asEntry))
  const none = { type: 'none' } as const
  const sent = request === undefined ? none : sampleBody(operation.request, fillSample(request).value).body
  const asked = operation.readRequest(sent, target)
  return {
    request(value) {
      const { body, placeOf } = sampleBody(operation.request, value)
      const view = operation.readRequest(body, target)
      const segments = segmentsOf(body, view, declared.request, 'ingress', target.query)
      const outcomeOf = outcomes(segments, view.opaque, ignores)
      return (fill) => outcomeOf(placeOf(fill), fill.text)
    },
    response(value) {
      const { body, placeOf } = sampleBody('json', value)
      const view = operation.readResponse(body, { status: 200, request: asked })
      const outcomeOf = outcomes(segmentsOf(body, view, declared.response, 'egress', []), view.opaque, responseIgnores)
      return (fill) => outcomeOf(placeOf(fill), fill.text)
    },
    stream(frames) {
      const decoder = operation.decoder('text/event-stream; charset=utf-8', asked)
      if (decoder === undefined) return frames.map(() => () => ({ type: 'missed' }))
      // One frame teaches nothing to another.
      const reader = createStreamReader({ decoder, limits, ...declared.response, templates: frames.length > 1 })
      reader.push(new TextEncoder().encode(frames.map(frameOf).join('')))
      const { view } = reader.end()
      const outcomeOf = outcomes(view.texts, view.opaque, responseIgnores)
      return frames.map((_, frame) => {
        const placeOf = placeIn({ frame })
        // Names are gathered, and stand nowhere in particular.
        return (fill) => outcomeOf(fill.holds === 'name' ? { frame, pointer: '' } : placeOf(fill), fill.text)
      })
    },
  }
}

/** What an operation declares of its bodies, compiled as for serving it. */
export function declarationsOf(operation: Operation): Pick<Route, 'fields' | 'request' | 'response'> {
  const upstream = () => ({ url: '', set: {}, remove: [] })
  return compileRoute(operation, { id: '', instance: { operations: [], origins: [], credentialHeaders: [], upstream } })
}

/** Events that say their type have it as their name too. */
function frameOf(value: Json): string {
  const type = isJsonObject(value) ? value['type'] : undefined
  const name = typeof type === 'string' && !type.includes(' ') ? `event: ${type}\n` : ''
  return `${name}data: ${JSON.stringify(value)}\n\n`
}

function targetOf({ methods, path }: Operation): RequestTarget {
  const names = Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = '']) => name)
  return { method: methods[0] ?? '', query: [], params: new Map(names.map((name) => [name, 'id_1'])) }
}

export function asEntry(ignore: Ignore): { readonly pointer: string; readonly value: Ignore } {
  return { pointer: ignore.pointer, value: ignore }
}
