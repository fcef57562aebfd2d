import type { BodyView, Operation, RequestTarget } from '@sluice/core'
import { CallNames } from '../realtime/call-names.ts'
import { CLIENT_FIELDS } from '../realtime/fields.ts'
import { REALTIME_NAMES } from '../realtime/names.ts'
import { readClient } from '../realtime/read-client.ts'
import { readServer } from '../realtime/read-server.ts'
import { refuseMessage } from '../realtime/refuse.ts'
import { subprotocolCredentials } from '../realtime/subprotocols.ts'
import { CLIENT_IGNORES, SERVER_IGNORES } from '../realtime/words.ts'
import { readRecord } from '../view/read-record.ts'
import { ViewBuilder } from '../view/view-builder.ts'
import { hasNoShape, neverStreams } from './shapes.ts'

/** A session of events in both directions, over a WebSocket. */
export const realtime: Operation = {
  name: 'realtime.connect',
  methods: ['GET'],
  path: '/v1/realtime',
  inspection: 'inspected',
  transport: 'websocket',
  request: 'none',
  model: 'required',
  generates: true,
  fields: CLIENT_FIELDS,
  names: REALTIME_NAMES,
  ignores: CLIENT_IGNORES,
  responseIgnores: SERVER_IGNORES,
  readRequest: (_body, target) => readHandshake(target),
  readResponse: readRecord,
  decoder: neverStreams,
  refuse: hasNoShape,
  socket: {
    session() {
      const calls = new CallNames()
      return { readClient: (body) => readClient(body, calls), readServer: (body) => readServer(body, calls) }
    },
    credentials: subprotocolCredentials,
    refuse: refuseMessage,
  },
}

/** The model, or the call that was begun elsewhere and is joined here, stands in the query. */
function readHandshake({ query }: RequestTarget): BodyView {
  const view = new ViewBuilder()
  for (const [name, value] of query) {
    const place = { query: name, pointer: '' } as const
    if (name === 'model') view.model(place, value)
    if (name === 'call_id') view.references.push({ kind: 'call', id: value, place, use: 'record' })
  }
  return view.view()
}
