import { decodeUtf8 } from '../file/strict-utf8.ts'
import { parseJson } from '../json/parse.ts'
import { acts } from '../policy/severity.ts'
import type { Body } from '../protocol/body.ts'
import type { HostResponse } from '../protocol/host.ts'
import type { Action } from '../protocol/policy.ts'
import type { StreamDecoder } from '../protocol/stream.ts'
import type { BodyView } from '../protocol/view.ts'
import { createStreamReader, type StreamReader, type StreamReading } from '../stream/read.ts'
import { readsAsLabelled } from './content-type.ts'
import { judgeResponse } from './egress.ts'
import type { Exchange } from './exchange.ts'
import { responseHeaders } from './headers.ts'
import { KeptBytes } from './kept-bytes.ts'
import { LongStream, type ReadStream } from './long-stream.ts'
import { decodeBody } from './read-body.ts'
import { bindMade } from './references.ts'
import { Refused } from './refusals.ts'
import { type RelayEnd, relay } from './relay.ts'
import { codeOf } from './upstream.ts'

/**
 * Relays an observed stream: every byte the moment it arrives, untouched. The same bytes are kept, within a bound, and
 * read once when the stream has ended, however it ended; `over` is called when all its consequences are stored.
 */
export function streamedResponse(
  exchange: Exchange,
  response: HostResponse,
  body: ReadableStream<Uint8Array>,
  request: BodyView,
  decoder: StreamDecoder,
  forwarded: ReadonlySet<string>,
  over: () => void,
): Response {
  const { draft, life, ready, runtime } = exchange
  const kept = new KeptBytes(runtime.limits.maxStreamBytes)
  // A coding cannot be undone before its end; streams are asked for without one.
  const isPlain = response.headers.get('content-encoding') === null
  const long = new LongStream(
    exchange,
    () => readerOf(exchange, decoder),
    () => kept.take(),
  )
  if (isPlain) exchange.onWatch = () => long.tick()
  const ended = runtime.kept.streaming(ready.app.context.id, async () => {
    if (isPlain && response.status < 300) await bindMade(exchange, long.made())
  })
  life.wait(runtime.idleMs)
  const onChunk = (chunk: Uint8Array): void => {
    life.given()
    draft.responseBytes += chunk.length
    kept.add(chunk)
  }
  const onEnd = (end: RelayEnd): void => {
    exchange.onWatch = undefined
    life.rest()
    if (end === 'client-gone') life.end('client-gone')
    draft.stage('relay')
    // The client's last byte goes out before we begin to read.
    setTimeout(() => {
      void conclude(exchange, { response, request, kept, long, decoder, forwarded, end }).finally(() => {
        ended()
        over()
      })
    }, 0)
  }
  draft.fields.status = response.status
  return new Response(
    relay(body, onChunk, onEnd, life.signal, () => life.asked()),
    {
      status: response.status,
      headers: responseHeaders(response.headers, draft.id, false),
    },
  )
}

/** Reads the bytes of a stream as what it said. */
export function readStream(exchange: Exchange, decoder: StreamDecoder, bytes: Uint8Array): StreamReading {
  const reader = readerOf(exchange, decoder)
  reader.push(bytes)
  return recorded(exchange, reader.end())
}

function readerOf({ route, runtime }: Exchange, decoder: StreamDecoder): StreamReader {
  return createStreamReader({ decoder, limits: runtime.limits, ...route.response })
}

function recorded({ draft }: Exchange, reading: StreamReading): StreamReading {
  if (reading.limited !== undefined) draft.missed('egress', 'stream-limit', reading.limited)
  return reading
}

/** A stream that has been relayed, and how it ended. */
interface Relayed {
  readonly response: HostResponse
  readonly request: BodyView
  readonly kept: KeptBytes
  readonly long: LongStream
  readonly decoder: StreamDecoder
  readonly forwarded: ReadonlySet<string>
  readonly end: RelayEnd
}

async function conclude(exchange: Exchange, relayed: Relayed): Promise<void> {
  const { response, request, kept, long, forwarded, end } = relayed
  const { draft, life, route, runtime } = exchange
  exchange.detach()
  const clientGone = end === 'client-gone' || life.givenUp === 'client-gone'
  draft.outcome = clientGone ? 'client-aborted' : end === 'done' ? 'forwarded' : 'upstream-truncated'
  const code = draft.outcome === 'upstream-truncated' ? codeOf(life.givenUp) : undefined
  if (code !== undefined) draft.fields.code = code
  if (draft.responseBytes > kept.total) draft.missed('egress', 'stream-limit', 'more bytes than limits.maxStreamBytes')
  try {
    const read = (await long.end()) ?? readKept(exchange, relayed)
    if (read === undefined) {
      draft.missed('egress', 'encoding', 'a content encoding that cannot be read')
      await exchange.settle(false)
      return
    }
    const { reading, unframed } = read
    if (reading.limited !== undefined) draft.missed('egress', 'stream-limit', reading.limited)
    const labelled = readsAsLabelled(response.headers.get('content-type') ?? '', '')
    if (!labelled) {
      draft.missed('egress', 'charset', 'labelled with another charset; it was inspected as UTF-8')
    }
    // Labels are not believed: JSON where events were to come is read as JSON.
    const json = unframed === undefined ? undefined : jsonIn(unframed, runtime.limits.maxDepth)
    const whole = draft.responseBytes === kept.total && reading.limited === undefined
    const ended = reading.ended || json !== undefined
    if (draft.outcome === 'forwarded' && whole && !ended) draft.outcome = 'upstream-truncated'
    // Some clients hang up on the last event instead of waiting for the end: they have all there was to be had.
    if (draft.outcome === 'client-aborted' && ended) draft.outcome = 'forwarded'
    const view = json ? route.operation.readResponse(json, { status: response.status, request }) : reading.view
    // The client has them already and may use them at once.
    if (response.status < 300) await bindMade(exchange, view.made)
    const { decision } = await judgeResponse(exchange, json ?? { type: 'none' }, view, forwarded)
    exchange.decided('EGRESS', decision, observed(decision.action))
    draft.stage('detect')
    const inspected = draft.hasRead('egress') && draft.faults.length === 0 && whole && labelled
    await exchange.settle(draft.outcome === 'forwarded' && inspected && response.status < 300)
  } catch {
    // Nothing more can be done to the client's stream; what must not happen is that the record says it was read.
    draft.missed('egress', 'gateway-failed', 'SLUICE_INTERNAL')
    draft.faults.push({ plugin: 'sluice', hook: 'stream', code: 'SLUICE_INTERNAL' })
    runtime.log.error('a stream could not be inspected', { exchange: draft.id })
    await exchange.settle(false)
  }
}

function jsonIn(bytes: Uint8Array, maxDepth: number): Body | undefined {
  const text = decodeUtf8(bytes)?.replace(/^\uFEFF/, '')
  const parsed = text === undefined ? undefined : parseJson(text, maxDepth)
  return text === undefined || !parsed?.ok ? undefined : { type: 'json', text, value: parsed.value }
}

/** The stream has been given: what would have changed or stopped it is on record, what concerns the actor is done. */
export function observed(action: Action): Action {
  if (action === 'QUARANTINE' || action === 'TERMINATE') return action
  return acts(action) ? 'LOG' : action
}

/** All of a stream at once; undefined where its coding cannot be undone. */
function readKept(exchange: Exchange, { response, kept, decoder }: Relayed): ReadStream | undefined {
  const { limits, host } = exchange.runtime
  const encoding = response.headers.get('content-encoding')
  const bytes = kept.take()
  const plain = encoding === null ? bytes : decodeBody(bytes, encoding, limits.maxStreamBytes, host)
  if (plain instanceof Refused) return undefined
  const reading = readStream(exchange, decoder, plain)
  return { reading, unframed: reading.frames === 0 ? plain : undefined }
}
