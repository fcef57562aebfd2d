import { type BodyView, type Operation, type RequestTarget, type StreamDecoder, ViewBuilder } from '@sluice/core'
import { readRecord } from '../answers/read-record.ts'
import { NAMES } from './names.ts'

/** `text/event-stream`, whatever parameters and case it comes in. */
function isEventStream(contentType: string): boolean {
  return /^\s*text\/event-stream\s*(?:;|$)/i.test(contentType)
}

/** A decoder made for each event stream. */
export function streamsWith(create: () => StreamDecoder): (contentType: string) => StreamDecoder | undefined {
  return (contentType) => (isEventStream(contentType) ? create() : undefined)
}

export function neverStreams(): undefined {
  return undefined
}

/** The endpoint has no shape in which a client would take a blocked answer. */
export function hasNoShape(): undefined {
  return undefined
}

/** Reads and commands on records the provider keeps: no body goes up, and what comes back is inspected. */
export function recordOperation(
  name: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: `/${string}`,
  rest: Partial<Pick<Operation, 'toldBy' | 'readRequest'>> = {},
): Operation {
  return {
    name,
    methods: [method],
    path,
    inspection: 'inspected',
    transport: 'http',
    request: 'none',
    model: 'none',
    generates: false,
    names: NAMES,
    ignores: [],
    responseIgnores: [],
    readRequest: (): BodyView => new ViewBuilder().view(),
    readResponse: readRecord,
    decoder: neverStreams,
    refuse: hasNoShape,
    ...rest,
  }
}

/** A request for one record that the provider keeps under the id of its path. */
export function namesRecord(kind: string): (body: unknown, target: RequestTarget) => BodyView {
  return (_body, { params }) => {
    const view = new ViewBuilder()
    const id = params.get('id')
    if (id !== undefined) {
      view.references.push({ kind, id, place: { query: 'path', pointer: '' }, use: 'record' })
    }
    return view.view()
  }
}
