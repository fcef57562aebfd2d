import { concatBytes } from './bytes.ts'
import { readBody, requestFraming } from './message-body.ts'
import { type HeaderList, headerHasToken, headerValue, readHead } from './message-head.ts'
import { ConnectionEnded, type SocketReader } from './socket-reader.ts'

/** One request as it was on the wire. */
export interface UpstreamRequest {
  readonly method: string
  /** The request target to the letter: path, query and all, never decoded. */
  readonly target: string
  /** `1.1` or `1.0`. */
  readonly httpVersion: string
  readonly headers: HeaderList
  /** Start line and headers through the blank line. */
  readonly rawHead: Uint8Array
  /** Without chunked framing. */
  readonly body: Uint8Array
  /** With chunked framing. */
  readonly rawBody: Uint8Array
  /** False: the client left within the body; no responder was asked. */
  readonly complete: boolean
  /** Number of its connection, from 0. */
  readonly connection: number
  /** When its head had come, in `performance.now()` milliseconds. */
  readonly at: number
  /** First value of that name, in whatever case. */
  header(name: string): string | undefined
  text(): string
  json(): unknown
}

/** Reads the next request of a connection; `undefined` when there is none. Asks for the body if the client waits for that. */
export async function readRequest(
  reader: SocketReader,
  connection: number,
  proceed: () => void,
): Promise<UpstreamRequest | undefined> {
  const head = await readHead(reader).catch(endedAs(undefined))
  if (head === undefined) return undefined
  const at = performance.now()
  const rawHead = reader.takeRecorded()
  const { headers } = head
  if (headerHasToken(headers, 'expect', '100-continue')) proceed()
  const pieces: Uint8Array[] = []
  const collect = async (): Promise<boolean> => {
    for await (const { bytes } of readBody(reader, requestFraming(headers))) pieces.push(bytes)
    return true
  }
  const complete = await collect().catch(endedAs(false))
  const body = concatBytes(pieces)
  const [method = '', target = '', version = ''] = head.startLine.split(' ')
  return {
    method,
    target,
    httpVersion: version.replace('HTTP/', ''),
    headers,
    rawHead,
    body,
    rawBody: reader.takeRecorded(),
    complete,
    connection,
    at,
    header: (name) => headerValue(headers, name),
    text: () => new TextDecoder().decode(body),
    json: () => JSON.parse(new TextDecoder().decode(body)),
  }
}

function endedAs<Value>(value: Value): (error: unknown) => Value {
  return (error) => {
    if (error instanceof ConnectionEnded) return value
    throw error
  }
}
