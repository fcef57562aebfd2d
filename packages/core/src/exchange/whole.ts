import { decodeUtf8 } from '../file/strict-utf8.ts'
import { parseJson } from '../json/parse.ts'
import { spliceJson, spliceText } from '../json/splice.ts'
import { blocks } from '../policy/severity.ts'
import type { Body } from '../protocol/body.ts'
import type { HostResponse } from '../protocol/host.ts'
import type { Edit } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { blockedResponse } from './blocked.ts'
import { readsAsLabelled } from './content-type.ts'
import { judgeResponse } from './egress.ts'
import type { Exchange } from './exchange.ts'
import { responseHeaders } from './headers.ts'
import { concat, decodeBody } from './read-body.ts'
import { bindMade } from './references.ts'
import { Refused } from './refusals.ts'
import type { ReadyApp } from './settings.ts'
import { readStream } from './streamed.ts'
import { unredactable } from './unredactable.ts'
import { type CallLife, lost } from './upstream.ts'

const utf8 = new TextEncoder()
/** Bodies that say they are no longer than this are read at once. */
const shortBytes = 262_144
/** With these statuses nothing is to be read, whatever came (RFC 9110, 6.4.1; the Fetch standard's null body status). */
export const bodyless: ReadonlySet<number> = new Set([204, 205, 304])
/** What a body that is a stream of server-sent events, whatever its label says, begins with. */
const eventStreamStart = /^(?:data|event|id|retry)?:/
const eventWithin = /[\r\n]data:/

/** A rule, or a tool filter, which judges what a model calls. */
export function couldActOnAnswers({ couldAct, app }: ReadyApp): boolean {
  return couldAct.EGRESS || app.toolFilters.length > 0
}

/** Reads a whole answer, judges it and gives it on: as it came, edited, or blocked. */
export async function wholeResponse(
  exchange: Exchange,
  response: HostResponse,
  request: BodyView,
  forwarded: ReadonlySet<string>,
): Promise<Response | Refused> {
  const { draft } = exchange
  const received = await readAll(exchange, response)
  if (received instanceof Refused) return received
  draft.responseBytes = received.length
  draft.stage('relay')

  const read = readBody(exchange, response, received, request)
  if (read instanceof Refused) return read
  const judged = await judgeResponse(exchange, read.body, read.view, forwarded)
  draft.stage('detect')
  if (judged.refused)
    return new Refused('SLUICE_NOT_INSPECTED', 'The response could not be inspected and was not given.')
  let { decision } = judged
  const edits = blocks(decision.action) ? [] : judged.edits
  const edited = edits.length === 0 ? undefined : spliced(read.body, edits)
  if (edits.length > 0 && edited === undefined) decision = unredactable(decision)
  exchange.decided('EGRESS', decision, decision.action)
  if (blocks(decision.action)) {
    await exchange.settle(false)
    return blockedResponse(exchange, false)
  }
  const succeeded = response.status >= 200 && response.status < 300
  if (succeeded) await bindMade(exchange, read.view.made)
  const answered = succeeded && read.complete && draft.faults.length === 0
  await exchange.settle(answered && draft.hasRead('egress'))
  draft.outcome = 'forwarded'
  draft.fields.status = response.status
  const headers = responseHeaders(response.headers, draft.id, edited !== undefined)
  const none = bodyless.has(response.status)
  return new Response(none ? null : asBody(edited ?? received), { status: response.status, headers })
}

interface ReadAnswer {
  readonly body: Body
  readonly view: BodyView
  /** All of it was read as what it is. */
  readonly complete: boolean
}

function readBody(
  exchange: Exchange,
  response: HostResponse,
  received: Uint8Array,
  request: BodyView,
): ReadAnswer | Refused {
  const { draft, ready, runtime, route } = exchange
  const couldAct = couldActOnAnswers(ready)
  const unread = (content: string, reason: string): ReadAnswer | Refused => {
    // What cannot be read cannot be judged: where a rule could act on it, it does not pass.
    if (couldAct) return new Refused('SLUICE_UPSTREAM_REFUSED')
    draft.missed('egress', content, reason)
    const body: Body = { type: 'opaque', contentType: response.headers.get('content-type') ?? '' }
    return { body, view: route.operation.readResponse(body, { status: response.status, request }), complete: false }
  }
  const encoding = response.headers.get('content-encoding')
  const bytes =
    encoding === null || received.length === 0
      ? received
      : decodeBody(received, encoding, runtime.limits.maxResponseBytes, runtime.host)
  if (bytes instanceof Refused) return unread('encoding', 'a content encoding that cannot be read')
  const decoded = decodeUtf8(bytes)
  const contentType = (response.headers.get('content-type') ?? '').toLowerCase()
  if (decoded === undefined) return unread('binary', 'bytes that are not UTF-8 text')
  // Clients drop the mark.
  const text = decoded.startsWith('\uFEFF') ? decoded.slice(1) : decoded
  const labelled = readsAsLabelled(contentType, text)
  if (!labelled) {
    if (couldAct) return new Refused('SLUICE_UPSTREAM_REFUSED')
    draft.missed('egress', 'charset', 'labelled with another charset; it was inspected as UTF-8')
  }

  // Labels are not believed: what looks like events is read as events, what parses as JSON is read as JSON.
  const expected = request.stream || contentType.startsWith('text/event-stream')
  if (eventStreamStart.test(text) || (expected && eventWithin.test(text))) {
    const decoder = route.operation.decoder('text/event-stream', request)
    if (decoder !== undefined) {
      const { view, limited } = readStream(exchange, decoder, bytes)
      if (limited !== undefined) draft.missed('egress', 'stream-limit', limited)
      if (limited !== undefined && couldAct) return new Refused('SLUICE_UPSTREAM_REFUSED')
      return { body: { type: 'none' }, view, complete: labelled && limited === undefined }
    }
  }
  const parsed =
    /^\s*[{[]/.test(text) || contentType.includes('json') ? parseJson(text, runtime.limits.maxDepth) : undefined
  if (parsed?.ok === true) {
    const body: Body = { type: 'json', text, value: parsed.value }
    return { body, view: route.operation.readResponse(body, { status: response.status, request }), complete: labelled }
  }
  if (contentType.includes('json') && text !== '') {
    if (couldAct) return new Refused('SLUICE_UPSTREAM_REFUSED')
    draft.missed('egress', 'malformed-json', 'JSON that readers take differently; its text was inspected as it stands')
  }
  // UTF-16 without its mark, for one, which readers of JSON take unasked.
  if (text.includes('\0')) return unread('binary', 'bytes that are no text')
  const body: Body = { type: 'text', text }
  return { body, view: route.operation.readResponse(body, { status: response.status, request }), complete: labelled }
}

// What came over the network or from an encoder is never shared memory, which is all that `BodyInit` excludes.
function asBody(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  return bytes as Uint8Array<ArrayBuffer>
}

function spliced(body: Body, edits: readonly Edit[]): Uint8Array | undefined {
  const text =
    body.type === 'json'
      ? spliceJson(body.text, edits)
      : body.type === 'text'
        ? spliceText(body.text, edits)
        : undefined
  return text === undefined ? undefined : utf8.encode(text)
}

function readAll({ life, runtime }: Exchange, response: HostResponse): Promise<Uint8Array | Refused> {
  const { maxResponseBytes } = runtime.limits
  const length = response.headers.get('content-length')
  const short =
    length !== null && /^[0-9]{1,6}$/.test(length) && Number(length) <= Math.min(shortBytes, maxResponseBytes)
  const read = short ? readShort : readLong
  return read(life, response, runtime.idleMs, maxResponseBytes)
}

async function readLong(
  life: CallLife,
  response: HostResponse,
  idleMs: number,
  maxBytes: number,
): Promise<Uint8Array | Refused> {
  if (response.body === null) return new Uint8Array()
  const reader = response.body.getReader()
  const chunks: Uint8Array[] = []
  let total = 0
  life.wait(idleMs)
  try {
    for (;;) {
      const { done, value } = await reader.read()
      if (done) return concat(chunks, total)
      life.heard()
      total += value.length
      if (total > maxBytes) {
        life.end('closing')
        return tooLong()
      }
      chunks.push(value)
    }
  } catch {
    return lost(life)
  } finally {
    life.rest()
  }
}

async function readShort(
  life: CallLife,
  response: HostResponse,
  idleMs: number,
  maxBytes: number,
): Promise<Uint8Array | Refused> {
  life.wait(idleMs)
  try {
    const bytes = await response.bytes()
    // It said that it was short.
    return bytes.length > maxBytes ? tooLong() : bytes
  } catch {
    return lost(life)
  } finally {
    life.rest()
  }
}

function tooLong(): Refused {
  return new Refused('SLUICE_UPSTREAM_REFUSED', 'The response of the provider is over the limit of this gateway.')
}
