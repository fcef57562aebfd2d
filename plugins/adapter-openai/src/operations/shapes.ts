import type { BodyView, Operation, StreamDecoder } from '@sluice/core'
import { readNothing, readOwnRecord, readRecord } from '../view/read-record.ts'
import { NAMES } from './names.ts'

/** `text/event-stream`, whatever parameters and case it comes in. */
export function isEventStream(contentType: string): boolean {
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
export function recordOperation(name: string, method: 'GET' | 'POST' | 'DELETE', path: `/${string}`): Operation {
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
    readRequest: (): BodyView => readNothing(),
    readResponse: readRecord,
    decoder: neverStreams,
    refuse: hasNoShape,
  }
}

/** The same for one record that a caller has made, named by the `id` of the path. */
export function ownRecordOperation(
  kind: string,
  name: string,
  method: 'GET' | 'POST' | 'DELETE',
  path: `/${string}`,
): Operation {
  return { ...recordOperation(name, method, path), readRequest: (_body, target) => readOwnRecord(kind, target) }
}
