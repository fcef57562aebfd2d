import { parseJson } from '../json/parse.ts'
import { acts } from '../policy/severity.ts'
import type { Body } from '../protocol/body.ts'
import type { HostResponse } from '../protocol/host.ts'
import type { Action } from '../protocol/policy.ts'
import type { StreamDecoder } from '../protocol/stream.ts'
import type { BodyView } from '../protocol/view.ts'
import { createStreamReader, type StreamReading } from '../stream/read.ts'
import { readsAsLabelled } from './content-type.ts'
import { judgeResponse } from './egress.ts'
import type { Exchange } from './exchange.ts'
import { responseHeaders } from './headers.ts'
import { concat, decodeBody, decodeUtf8 } from './read-body.ts'
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
  const kept: Uint8Array[] = []
  let keptBytes = 0
  const ended = runtime.kept.streaming(ready.app.context.id)
  life.wait(runtime.idleMs)
  const onChunk = (chunk: Uint8Array): void => {
    life.given()
    draft.responseBytes += chunk.length
    const room = runtime.limits.maxStreamBytes - keptBytes
    if (room <= 0) return
    kept.push(chunk.length <= room ? chunk : chunk.subarray(0, room))
    keptBytes += Math.min(chunk.length, room)
  }
  const onEnd = (end: RelayEnd): void => {
    life.rest()
    if (end === 'client-gone') life.end('client-gone')
    draft.stage('relay')
    // The client's last byte goes out before we begin to read.
    setTimeout(() => {
      void conclude(exchange, response, kept, keptBytes, request, decoder, forwarded, end).finally(() => {
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
  const { draft, route, runtime } = exchange
  const reader = createStreamReader({ decoder, limits: runtime.limits, ...route.response })
  reader.push(bytes)
  const reading = reader.end()
  if (reading.limited !== undefined) draft.missed('egress', 'stream-limit', reading.limited)
  return reading
}

async function conclude(
  exchange: Exchange,
  response: HostResponse,
  kept: readonly Uint8Array[],
  keptBytes: number,
  request: BodyView,
  decoder: StreamDecoder,
  forwarded: ReadonlySet<string>,
  end: RelayEnd,
): Promise<void> {
  const { draft, life, ready, route, runtime } = exchange
  exchange.detach()
  const clientGone = end === 'client-gone' || life.givenUp === 'client-gone'
  draft.outcome = clientGone ? 'client-aborted' : end === 'done' ? 'forwarded' : 'upstream-truncated'
  const code = draft.outcome === 'upstream-truncated' ? codeOf(life.givenUp) : undefined
  if (code !== undefined) draft.fields.code = code
  if (draft.responseBytes > keptBytes) draft.missed('egress', 'stream-limit', 'more bytes than limits.maxStreamBytes')
  try {
    const plain = decoded(exchange, response, kept, keptBytes)
    if (plain === undefined) {
      draft.missed('egress', 'encoding', 'a content encoding that cannot be read')
      await exchange.settle(false)
      return
    }
    const labelled = readsAsLabelled(response.headers.get('content-type') ?? '', '')
    if (!labelled) {
      draft.missed('egress', 'charset', 'labelled with another charset; it was inspected as UTF-8')
    }
    const reading = readStream(exchange, decoder, plain)
    // Labels are not believed: JSON where events were to come is read as JSON.
    const json = reading.frames === 0 ? jsonIn(plain, runtime.limits.maxDepth) : undefined
    const whole = draft.responseBytes === keptBytes && reading.limited === undefined
    const ended = reading.ended || json !== undefined
    if (draft.outcome === 'forwarded' && whole && !ended) draft.outcome = 'upstream-truncated'
    const view = json ? route.operation.readResponse(json, { status: response.status, request }) : reading.view
    // The client has them already and may use them at once.
    if (response.status < 300) await bindMade(exchange, view.made)
    const { decision } = await judgeResponse(exchange, json ?? { type: 'none' }, view, forwarded)
    exchange.decided('EGRESS', decision, observed(decision.action))
    draft.stage('detect')
    const inspected = ready.app.detectors.length > 0 && draft.faults.length === 0 && whole && labelled
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
function observed(action: Action): Action {
  if (action === 'QUARANTINE' || action === 'TERMINATE') return action
  return acts(action) ? 'LOG' : action
}

function decoded(
  { runtime }: Exchange,
  response: HostResponse,
  kept: readonly Uint8Array[],
  keptBytes: number,
): Uint8Array | undefined {
  const encoding = response.headers.get('content-encoding')
  // One piece is read twice as fast as many.
  const bytes = concat(kept, keptBytes)
  if (encoding === null) return bytes
  const plain = decodeBody(bytes, encoding, runtime.limits.maxStreamBytes, runtime.host)
  return plain instanceof Refused ? undefined : plain
}
