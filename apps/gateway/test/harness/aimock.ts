import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http'
import { LLMock, type MockServerOptions } from '@copilotkit/aimock'

/** What the gateway sent to the provider, to the byte: aimock's own journal hides credentials and forgets forms. */
export interface ProviderRequest {
  readonly method: string
  /** With its query. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  body(): Uint8Array
  json(): unknown
}

export interface RawAnswer {
  readonly status?: number
  /** Over `content-type: application/json`. */
  readonly headers?: Readonly<Record<string, string>>
  /** Anything but text and bytes is written as JSON. */
  readonly body: unknown
}

/** `@copilotkit/aimock` in this process, on a port of its own. */
export interface Provider extends AsyncDisposable {
  readonly mock: LLMock
  /** Without `/v1`. */
  readonly url: string
  /** In order of arrival. */
  readonly requests: ProviderRequest[]
  /** The newest request. Throws if there is none. */
  last(): ProviderRequest
  /** Answers the next request to this path in aimock's place: for endpoints and shapes that it does not have. */
  once(path: `/v1/${string}`, answer: RawAnswer): void
}

export async function startProvider(options: MockServerOptions = {}): Promise<Provider> {
  const mock = new LLMock({ logLevel: 'silent', ...options })
  const requests: ProviderRequest[] = []
  const queued: { readonly path: string; readonly answer: RawAnswer }[] = []
  mock.mount('/v1', {
    async handleRequest(message, response) {
      const request = watch(message)
      requests.push(request)
      const at = queued.findIndex(({ path }) => path === request.path)
      const [next] = at < 0 ? [] : queued.splice(at, 1)
      // Not handled: aimock itself answers.
      if (next === undefined) return false
      await ended(message)
      write(response, next.answer)
      return true
    },
  })
  const url = await mock.start()
  return {
    mock,
    url,
    requests,
    last() {
      const newest = requests.at(-1)
      if (newest === undefined) throw new Error('the provider was not called')
      return newest
    },
    once: (path, answer) => void queued.push({ path, answer }),
    async [Symbol.asyncDispose]() {
      // Kept connections would hold the stop up, and aimock shows its server to nobody.
      const { serverInstance } = mock as unknown as { serverInstance?: { server: { closeAllConnections(): void } } }
      const stopped = mock.stop()
      serverInstance?.server.closeAllConnections()
      await stopped
    },
  }
}

/** Looks over the shoulder of whoever reads the body. */
function watch(message: IncomingMessage): ProviderRequest {
  const chunks: Buffer[] = []
  const { emit } = message
  message.emit = (event: string | symbol, ...values: unknown[]): boolean => {
    // A message that was given no encoding emits bytes.
    if (event === 'data') chunks.push(Buffer.from(values[0] as Uint8Array))
    return Reflect.apply(emit, message, [event, ...values])
  }
  return {
    method: message.method ?? '',
    path: message.url ?? '',
    headers: { ...message.headers },
    body: () => Buffer.concat(chunks),
    json: () => JSON.parse(Buffer.concat(chunks).toString('utf8')),
  }
}

function ended(message: IncomingMessage): Promise<void> {
  return new Promise((resolve, reject) => {
    message.once('end', resolve)
    message.once('error', reject)
    // The bytes are kept by `watch`.
    message.resume()
  })
}

function write(response: ServerResponse, { status = 200, headers = {}, body }: RawAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json', ...headers })
  response.end(typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body))
}
