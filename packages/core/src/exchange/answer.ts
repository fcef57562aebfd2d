import type { FileRecord } from '../protocol/audit.ts'
import type { HostResponse } from '../protocol/host.ts'
import type { SocketUpgrade } from '../protocol/socket.ts'
import type { StreamDecoder } from '../protocol/stream.ts'
import type { BodyView } from '../protocol/view.ts'
import { openSession } from '../socket/open-session.ts'
import { Blocked, blockedResponse } from './blocked.ts'
import type { Exchange } from './exchange.ts'
import { fetchedFile } from './fetched-file.ts'
import { forward } from './forward.ts'
import { responseHeaders } from './headers.ts'
import { ingress } from './ingress.ts'
import { isPending } from './pending.ts'
import { takeInside, takeRest } from './quota.ts'
import { readRequest } from './read-body.ts'
import { Refused } from './refusals.ts'
import { relay } from './relay.ts'
import { streamedResponse } from './streamed.ts'
import { readUpload, weighed } from './upload.ts'
import { codeOf } from './upstream.ts'
import { vetNames } from './vet-names.ts'
import { bodyless, couldActOnAnswers, wholeResponse } from './whole.ts'

export interface Answer {
  readonly response: Response
  /** The response is still being relayed: the exchange is over when `over` is called. */
  readonly relaying: boolean
}

/** The way of an admitted request: read, model, tools, detection, policy, upstream, and the way back. */
export async function answer(exchange: Exchange, over: () => void, upgrade?: SocketUpgrade): Promise<Answer | Refused> {
  const { request, runtime, route, draft } = exchange
  const { file } = route.operation
  const read =
    file?.of === 'request'
      ? await readUpload(exchange)
      : await readRequest(request, route, runtime.limits, runtime.host)
  if (read instanceof Refused) return read
  draft.requestBytes = read.received
  const said = route.operation.readRequest(read.body, exchange.target)
  const view = 'spool' in read ? await weighed(read, said) : said
  draft.stage('read')

  const identified = exchange.identify(view)
  const problem = isPending(identified) ? await identified : identified
  const rest = problem === undefined ? takeRest(exchange, view) : undefined
  const passed = problem ?? (rest === undefined ? undefined : await rest) ?? (await ingress(exchange, read, view))
  if (passed instanceof Refused) {
    await vetNames(exchange)
    return passed
  }
  if (passed instanceof Blocked) {
    await exchange.settle(false)
    return { response: blockedResponse(exchange, view.stream, passed), relaying: false }
  }
  const inside = takeInside(exchange, view)
  const heavy = inside === undefined ? undefined : await inside
  if (heavy !== undefined) {
    await exchange.settle(false)
    return heavy
  }
  if (exchange.handshake !== undefined) {
    const opened = await openSession(exchange, exchange.handshake, upgrade, over)
    if (opened instanceof Refused) await exchange.settle(false)
    return opened instanceof Refused ? opened : { response: opened, relaying: true }
  }
  const response = await forward(exchange, read, passed)
  if (response instanceof Refused) {
    await exchange.settle(false)
    return response
  }
  if (route.operation.inspection === 'opaque') return { response: opaque(exchange, response, over), relaying: true }
  const decoder = bodyless.has(response.status) ? undefined : decoderFor(exchange, response, view)
  if (decoder !== undefined && response.body !== null) {
    const streamed = streamedResponse(exchange, response, response.body, view, decoder, passed.forwarded, over)
    return { response: streamed, relaying: true }
  }
  if (file?.of === 'response' && response.status < 300 && !bodyless.has(response.status)) {
    const fetched = await fetchedFile(exchange, response, view, over)
    if (fetched instanceof Response) return { response: fetched, relaying: true }
    await exchange.settle(false)
    return fetched instanceof Refused
      ? fetched
      : { response: blockedResponse(exchange, false, fetched), relaying: false }
  }
  const whole = await wholeResponse(exchange, response, view, passed.forwarded)
  if (whole instanceof Refused) {
    await exchange.settle(false)
    return whole
  }
  const { dropped } = draft.fields.file ?? {}
  // The client must learn that not all of its requests were sent.
  if (dropped !== undefined) whole.headers.set('x-sluice-dropped-lines', droppedLines(dropped))
  return { response: whole, relaying: false }
}

/** `2; lines=3,900`: how many, and the first of them, from 1. */
function droppedLines({ count, lines }: NonNullable<FileRecord['dropped']>): string {
  return `${count}; lines=${lines.map((line) => line + 1).join(',')}`
}

/** A stream that nobody asked for is read whole where that can be acted on: the provider's label takes no rule away. */
function decoderFor({ route, ready }: Exchange, response: HostResponse, view: BodyView): StreamDecoder | undefined {
  if (!view.stream && couldActOnAnswers(ready)) return undefined
  return route.operation.decoder((response.headers.get('content-type') ?? '').toLowerCase(), view)
}

/** An operation that its adapter declares opaque: relayed unread, and the record says so. */
function opaque({ draft, route, life, runtime }: Exchange, response: HostResponse, over: () => void): Response {
  draft.missed('egress', 'opaque-route', route.operation.reason ?? '')
  draft.outcome = 'forwarded'
  draft.fields.status = response.status
  const headers = responseHeaders(response.headers, draft.id, false)
  if (response.body === null || bodyless.has(response.status)) {
    life.end('closing')
    over()
    return new Response(null, { status: response.status, headers })
  }
  life.wait(runtime.idleMs)
  const body = relay(
    response.body,
    (chunk) => {
      life.given()
      draft.responseBytes += chunk.length
    },
    (end) => {
      if (end === 'client-gone') life.end('client-gone')
      draft.outcome =
        end === 'done' ? 'forwarded' : life.givenUp === 'client-gone' ? 'client-aborted' : 'upstream-truncated'
      const code = draft.outcome === 'upstream-truncated' ? codeOf(life.givenUp) : undefined
      if (code !== undefined) draft.fields.code = code
      over()
    },
    life.signal,
    () => life.asked(),
  )
  return new Response(body, { status: response.status, headers })
}
