import type { Body, JsonBody } from './body.ts'
import type { OperationSamples } from './census.ts'
import type { MaybePromise } from './json.ts'
import type { CallContext, Definition } from './plugin.ts'
import type { SocketReading } from './socket.ts'
import type { StreamDecoder } from './stream.ts'
import type { BodyView } from './view.ts'

export type JsonType = 'null' | 'boolean' | 'number' | 'string' | 'array' | 'object'

/**
 * What is known of a body's members, by pointer pattern (`*` is any one element or member). A key that only folds to a
 * known key (`Model`) and a known member of another type are refused: two readers could take them differently.
 */
export type KnownFields = Readonly<Record<string, readonly JsonType[]>>

/** A leaf that is passed by, with the reason why no text can stand there. `pointer` is a pattern; `**` is any depth. */
export interface Ignore {
  readonly pointer: string
  readonly reason: string
}

/** What a request says beside its body. */
export interface RequestTarget {
  readonly method: string
  /** Names and values of the query, decoded, in their order. */
  readonly query: readonly (readonly [string, string])[]
  /** Values of the path's parameters, by name. */
  readonly params: ReadonlyMap<string, string>
}

/** A file that may be larger than any body. It is kept on disk and read in pieces, and none of it goes on before all is judged. */
export interface FileReading {
  /** `request`: the one file of the operation's form. `response`: the body of its answer. */
  readonly of: 'request' | 'response'
  /** What is known of the members of one line, where the file is JSON Lines. Checked in files of requests. */
  readonly fields: KnownFields
  /** Leaves of a line passed by. What stands in nested requests is theirs. */
  readonly ignores: readonly Ignore[]
  /** Reads one line, a JSON object; its places are told from there. Never throws. */
  readLine(line: JsonBody): BodyView
}

/** One thing a provider can be asked to do. Adapters are maps, not translators: an operation says where things are. */
export interface Operation {
  /** The provider's own name for it: `chat.completions.create`. */
  readonly name: string
  readonly methods: readonly string[]
  /** `/v1/batches/{id}/cancel`; a parameter matches one path segment of `[A-Za-z0-9._:-]{1,256}`. */
  readonly path: `/${string}`
  /**
   * Headers, lower case, one of which tells that this operation is meant where an AppContext has several adapters and
   * another has an operation of the same method and path. Absent: it is meant where no other is told.
   */
  readonly toldBy?: readonly string[]
  readonly inspection: 'inspected' | 'opaque'
  /** Why nothing is inspected. Required where `inspection` is `opaque`. */
  readonly reason?: string
  /** `websocket`: the request opens a session of messages, which are read by `socket`. It has no body. */
  readonly transport: 'http' | 'websocket'
  readonly socket?: SocketReading
  /** What the request's body is. `none`: a body is refused. */
  readonly request: Body['type']
  /** `required`: where a list of allowed models is set, a request that names none is refused. */
  readonly model: 'required' | 'none'
  /** An answered call of it is a generation: it earns trust. */
  readonly generates: boolean
  readonly fields?: KnownFields
  /**
   * Of a form: the names of its parts that are files. They must be files, and other known fields must not. Absent: none
   * is known to be one.
   */
  readonly fileFields?: readonly string[]
  /** Member names that are the provider's own, in requests and responses: other names are inspected as text. */
  readonly names: readonly string[]
  /** Leaves of the request passed by. */
  readonly ignores: readonly Ignore[]
  /** Leaves of the response, and of stream frames, passed by. */
  readonly responseIgnores: readonly Ignore[]
  /** Reads a body that already passed `fields`. Never throws; what it cannot place it leaves to the core. */
  readRequest(body: Body, target: RequestTarget): BodyView
  readResponse(body: Body, answer: { readonly status: number; readonly request: BodyView }): BodyView
  /** The operation sends or fetches a file. */
  readonly file?: FileReading
  /** A decoder for this content type, or undefined where such a response is no stream. */
  decoder(contentType: string, request: BodyView): StreamDecoder | undefined
  /** The blocked answer in the shape the provider's own clients take. Undefined: the endpoint has no such shape (451). */
  refuse(denial: Denial, how: RefusalStyle): Refusal | undefined
  /** What its bodies may hold, for the census of places (`sluice routes --json`). Never called to serve a request. */
  samples?(): MaybePromise<OperationSamples | undefined>
}

export interface Denial {
  /** What the client is shown. */
  readonly message: string
  readonly exchange: string
  readonly model: string
  /** Seconds since 1970. */
  readonly created: number
}

export interface RefusalStyle {
  readonly stream: boolean
  /** `chunk`: a frame the official clients take. `bare`: the two-field frame and nothing else. */
  readonly frame: 'chunk' | 'bare'
}

export interface Refusal {
  readonly status: number
  readonly contentType: string
  readonly body: string
}

/** Where to send a call, after all edits. */
export interface Upstream {
  readonly url: string
  /** Headers set over the client's. */
  readonly set: Readonly<Record<string, string>>
  /** Headers of the client's not sent on. Lower case. */
  readonly remove: readonly string[]
}

export interface UpstreamCall {
  readonly operation: Operation
  /** The operation's path with its parameters filled in and encoded: `/v1/batches/batch_1/cancel`. */
  readonly path: string
  /** As received, with its `?`; `''` without one. */
  readonly query: string
  /** Absent without a body, and where a file is sent, which is not in memory. */
  readonly body: Uint8Array | undefined
  readonly headers: Headers
}

/** A way in that is refused by name, because through it a client would talk to the provider around the gateway. */
export interface RefusedPath {
  readonly path: `/${string}`
  /** One sentence, shown to the client. */
  readonly reason: string
}

export interface AdapterInstance {
  readonly operations: readonly Operation[]
  /** Of the provider's endpoints those that are known and never forwarded. */
  readonly refused?: readonly RefusedPath[]
  /** Origins (`https://api.openai.com`) that `upstream` may name; anything else is refused. */
  readonly origins: readonly string[]
  /** Headers that carry the provider's credentials; AppContexts may pin them. Lower case. */
  readonly credentialHeaders: readonly string[]
  /**
   * Those of `credentialHeaders` any one of which is a key by itself, in a header or as a parameter of the query. Where an
   * AppContext pins one of them, another that comes too must be pinned as well. Absent: none stands for another.
   */
  readonly keyHeaders?: readonly string[]
  upstream(call: UpstreamCall, ctx: CallContext): MaybePromise<Upstream>
}

export type AdapterDefinition<Options = unknown> = Definition<'adapter', Options, AdapterInstance>
