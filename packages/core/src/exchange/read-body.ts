import { decodeUtf8 } from '../file/strict-utf8.ts'
import { checkFields } from '../json/fields.ts'
import { parseJson } from '../json/parse.ts'
import { withFilesAs } from '../multipart/form-files.ts'
import { type Multipart, readMultipart } from '../multipart/read.ts'
import type { Body } from '../protocol/body.ts'
import type { Limits } from '../protocol/exchange.ts'
import type { ContentCoding, Host } from '../protocol/host.ts'
import { contentTypeProblem } from './content-type.ts'
import { firstInvalidByte, wideEncoding } from './explain-bytes.ts'
import { Refused } from './refusals.ts'
import type { Route } from './routes.ts'

export interface ReadRequest {
  readonly body: Body
  /** The bytes that were read: what is sent if nothing is edited. Undefined without a body. */
  readonly bytes: Uint8Array | undefined
  /** How a form is laid out in `bytes`. */
  readonly form?: Multipart
  /** A content coding was undone. */
  readonly decoded: boolean
  /** Bytes as received. */
  readonly received: number
}

const codings: ReadonlyMap<string, ContentCoding> = new Map([
  ['gzip', 'gzip'],
  ['x-gzip', 'gzip'],
  ['deflate', 'deflate'],
  ['br', 'br'],
  ['brotli', 'br'],
  ['zstd', 'zstd'],
])
/** More than two codings on one body is nobody's honest request. */
const maxCodings = 2
const maxParts = 128

/** Reads a request's body once, within bounds, as what its operation takes. */
export async function readRequest(
  request: Request,
  route: Route,
  limits: Limits,
  host: Host,
): Promise<ReadRequest | Refused> {
  const received = await receive(request, limits)
  if (received instanceof Refused) return received
  const takes = route.operation.request
  if (takes === 'none') {
    if (received.length > 0 || hidesBody(request))
      return new Refused('SLUICE_BODY_MALFORMED', 'This endpoint takes no body.')
    return { body: { type: 'none' }, bytes: undefined, decoded: false, received: 0 }
  }
  const contentType = request.headers.get('content-type') ?? ''
  const wrongType = contentTypeProblem(takes, contentType)
  if (wrongType !== undefined) return wrongType
  const encoding = request.headers.get('content-encoding')
  const bytes = encoding === null ? received : decodeBody(received, encoding, limits.maxBodyBytes, host)
  if (bytes instanceof Refused) return bytes
  const sizes = { decoded: bytes !== received, received: received.length }
  if (takes === 'form') {
    const laidOut = readMultipart(bytes, contentType, { maxParts, maxFieldBytes: limits.maxBodyBytes })
    const form = laidOut.ok ? withFilesAs(route.form, laidOut, bytes) : laidOut
    if (!form.ok) return new Refused('SLUICE_BODY_MALFORMED', `The form is malformed: ${form.message}.`)
    return { body: { type: 'form', parts: form.parts }, bytes, form, ...sizes }
  }
  const body = readAs(takes, bytes, contentType, route, limits)
  return body instanceof Refused ? body : { body, bytes, ...sizes }
}

function readAs(
  takes: Body['type'],
  bytes: Uint8Array,
  contentType: string,
  route: Route,
  limits: Limits,
): Body | Refused {
  if (takes === 'opaque') return { type: 'opaque', contentType }
  const text = decodeUtf8(bytes)
  if (text === undefined) return new Refused('SLUICE_BODY_MALFORMED', explainBytes(bytes))
  if (takes === 'text') return { type: 'text', text }
  const parsed = parseJson(text, limits.maxDepth)
  if (!parsed.ok) return new Refused('SLUICE_BODY_MALFORMED', explainWide(bytes) ?? parsed.message)
  const { value } = parsed
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    return new Refused('SLUICE_BODY_MALFORMED', 'The body must be a JSON object.')
  }
  const problem = route.fields === undefined ? undefined : checkFields(value, route.fields)
  if (problem !== undefined) return new Refused('SLUICE_BODY_MALFORMED', problem)
  return { type: 'json', text, value }
}

/** The runtimes give nobody the body of a GET. */
function hidesBody({ method, headers }: Request): boolean {
  if (method !== 'GET' && method !== 'HEAD') return false
  return headers.has('transfer-encoding') || !/^0*$/.test(headers.get('content-length') ?? '')
}

/** Some readers of JSON take UTF-16 and UTF-32 too. */
function explainWide(bytes: Uint8Array): string | undefined {
  const wide = wideEncoding(bytes)
  return wide && `The body looks like ${wide}. JSON is sent in UTF-8 (RFC 8259, 8.1): send it so.`
}

function explainBytes(bytes: Uint8Array): string {
  const where = `byte ${firstInvalidByte(bytes)} (counted from 0) belongs to no character`
  return explainWide(bytes) ?? `The body is not valid UTF-8: ${where}. Send UTF-8.`
}

/** Undoes the codings of a `Content-Encoding`, last first. */
export function decodeBody(bytes: Uint8Array, encoding: string, maxBytes: number, host: Host): Uint8Array | Refused {
  const names = encoding
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '' && name !== 'identity')
  if (names.length > maxCodings) {
    const text = `The body has more than ${maxCodings} content codings. Send it with one, or plain.`
    return new Refused('SLUICE_ENCODING_UNSUPPORTED', text)
  }
  let decoded = bytes
  for (const name of names.reverse()) {
    const coding = codings.get(name)
    if (coding === undefined) {
      const text = 'Content-Encoding must be gzip, deflate, br, zstd or identity. Send the body so, or plain.'
      return new Refused('SLUICE_ENCODING_UNSUPPORTED', text)
    }
    const result = host.decompress(coding, decoded, maxBytes)
    if (result === 'too-large') return tooLarge(maxBytes, ' when decoded')
    if (result === undefined) return new Refused('SLUICE_ENCODING_UNSUPPORTED', explainCoding(coding))
    decoded = result
  }
  return decoded
}

function explainCoding(coding: ContentCoding): string {
  const meant = coding === 'deflate' ? 'deflate (zlib, RFC 1950)' : coding
  return `The body is not exactly one whole stream of ${meant}, as Content-Encoding says: it is damaged, cut short, or more follows. Send one stream, or the body plain.`
}

/** A client that sends nothing more, or a byte now and then, would hold what it was given for ever. */
function receive(request: Request, { maxBodyBytes, maxBodyMs }: Limits): Promise<Uint8Array | Refused> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => resolve(new Refused('SLUICE_BODY_TIMEOUT')), maxBodyMs)
    const done = (received: Uint8Array | Refused): void => {
      clearTimeout(timer)
      resolve(received)
    }
    // Its client left, or its framing is broken.
    const broken = (): void => done(new Refused('SLUICE_BODY_MALFORMED', 'The body ended before it was whole.'))
    readBytes(request, maxBodyBytes).then(done, broken)
  })
}

async function readBytes(request: Request, maxBytes: number): Promise<Uint8Array | Refused> {
  // Two equal lengths arrive as `5, 5`, which the runtimes accept: count then.
  const length = request.headers.get('content-length')
  // Beside a transfer coding, a length says nothing (RFC 9112, 6.3).
  if (length !== null && /^[0-9]+$/.test(length) && !request.headers.has('transfer-encoding')) {
    if (Number(length) > maxBytes) return tooLarge(maxBytes)
    const bytes = await request.bytes()
    return bytes.length > maxBytes ? tooLarge(maxBytes) : bytes
  }
  // Looked at only here: it makes a stream of a body that may be there already.
  const { body } = request
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let total = 0
  for await (const chunk of body) {
    total += chunk.length
    if (total > maxBytes) return tooLarge(maxBytes)
    chunks.push(chunk)
  }
  return concat(chunks, total)
}

export function concat(chunks: readonly Uint8Array[], total: number): Uint8Array {
  const [only] = chunks
  if (only !== undefined && chunks.length === 1) return only
  const all = new Uint8Array(total)
  let at = 0
  for (const chunk of chunks) {
    all.set(chunk, at)
    at += chunk.length
  }
  return all
}

export function tooLarge(maxBytes: number, when = ''): Refused {
  return new Refused('SLUICE_BODY_TOO_LARGE', `The body is over the limit of ${maxBytes} bytes${when}.`)
}
