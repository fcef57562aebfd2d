import { segmentsOf } from '../inspect/segments.ts'
import { compilePatterns } from '../json/pattern.ts'
import type { Operation } from '../protocol/adapter.ts'
import type { JsonBody } from '../protocol/body.ts'
import type { Json } from '../protocol/json.ts'
import type { SocketReading } from '../protocol/socket.ts'
import { Gathering } from '../stream/gathering.ts'
import { type Inspected, outcomes } from './outcome.ts'
import { asEntry, declarationsOf, limits, type Readings } from './readings.ts'
import { placeIn } from './sample-body.ts'

/** Reads filled samples as messages of a WebSocket: of the client's side as requests, of the server's as answers. */
export function socketReadings(operation: Operation, socket: SocketReading): Readings {
  const declared = declarationsOf(operation)
  const ignores = compilePatterns(operation.ignores.map(asEntry))
  const responseIgnores = compilePatterns(operation.responseIgnores.map(asEntry))
  const placeOf = placeIn({})
  return {
    request(value) {
      const body = messageOf(value)
      const view = socket.session().readClient(body)
      const segments = segmentsOf(body, view, declared.request, 'ingress', [])
      const outcomeOf = outcomes(segments, view.opaque, ignores)
      return (fill) => outcomeOf(placeOf(fill), fill.text)
    },
    response(value) {
      const body = messageOf(value)
      const message = socket.session().readServer(body)
      if (message.type === 'whole') {
        const segments = segmentsOf(body, message.view, declared.response, 'egress', [])
        const outcomeOf = outcomes(segments, message.view.opaque, responseIgnores)
        return (fill) => outcomeOf(placeOf(fill), fill.text)
      }
      const gathering = new Gathering(message.trust, { limits, ...declared.response })
      gathering.add(value, message.decoded, 0)
      const { view } = gathering.snapshot()
      const texts = view.texts.map((text): Inspected => ({ ...text, trust: message.trust }))
      const outcomeOf = outcomes(texts, view.opaque, responseIgnores)
      const placeInFrame = placeIn({ frame: 0 })
      return (fill) => outcomeOf(fill.holds === 'name' ? { frame: 0, pointer: '' } : placeInFrame(fill), fill.text)
    },
    stream: (frames) => frames.map(() => () => ({ type: 'missed' })),
  }
}

function messageOf(value: Json): JsonBody {
  return { type: 'json', text: JSON.stringify(value), value }
}
