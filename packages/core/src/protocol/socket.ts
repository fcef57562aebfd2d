import type { JsonBody } from './body.ts'
import type { Edit } from './place.ts'
import type { SegmentTrust } from './segment.ts'
import type { DecodedFrame } from './stream.ts'
import type { BodyView } from './view.ts'

/**
 * How the messages of an operation's WebSocket are read; each is one JSON object. The operation's own `fields` and
 * `ignores` are those of the client's messages, its `responseIgnores` those of the server's.
 */
export interface SocketReading {
  /** Made for each session: what a message means may hang on those before it. */
  session(): SessionReader
  /**
   * Credentials among the subprotocols that a client offers, by the name of the header that they stand for. They are
   * pinned like that header, and are sent upstream as they came.
   */
  credentials(protocols: readonly string[]): readonly (readonly [header: string, value: string])[]
  /** What the client is told in place of a message that was not given on: it leaves the session in a legal state. */
  refuse(denial: MessageDenial): string
}

/** Reads the messages of one session, each once, in their order. Never throws on strange ones. */
export interface SessionReader {
  /** What the client sent: the same view as of a request. */
  readClient(body: JsonBody): BodyView
  readServer(body: JsonBody): ServerMessage
}

export type ServerMessage =
  /**
   * A piece of a text: given on at once, and gathered with the others of the same `of` (a response, a transcription)
   * until a message ends it.
   */
  | {
      readonly type: 'piece'
      readonly of: string
      readonly trust: SegmentTrust
      readonly decoded: DecodedFrame
    }
  /** Judged before it is given. What repeats to the letter what was given already is not judged again. */
  | {
      readonly type: 'whole'
      readonly view: BodyView
      /** What is complete with it. `answered`: a response that the model ended by itself. */
      readonly ends?: { readonly of: string; readonly answered: boolean }
      /** Where it may not be missing: what makes it harmless when it is blocked. Absent: it is not given. */
      readonly emptied?: readonly Edit[]
    }

export interface MessageDenial {
  /** `SLUICE_…`: why. */
  readonly code: string
  /** What the client is shown. */
  readonly message: string
  /** Unique among the messages of all sessions. */
  readonly id: string
  /** The client's message that was not given on; absent where it was the server's. */
  readonly of?: JsonBody
}

/** One end of an open WebSocket, whoever began it. */
export interface Socket {
  /** The subprotocol in use; `''`: none. */
  readonly protocol: string
  /** UTF-16 units, or bytes, that were sent and are not yet written to the network. */
  readonly unsent: number
  /** Once. What came before is told first. */
  listen(listener: SocketListener): void
  send(text: string): void
  /** Says that it is over. A code that cannot be sent goes out as 1000. */
  close(code: number, reason: string): void
  /** Ends the connection without a word. */
  cut(): void
}

export interface SocketListener {
  /** `undefined`: a binary message. */
  message(text: string | undefined): void
  /** Once; nothing comes after it. 1005: closed without a code. 1006: the connection was lost. */
  close(code: number, reason: string): void
}

export interface SocketRequest {
  readonly headers: Headers
  readonly protocols: readonly string[]
  readonly signal: AbortSignal
}

/** Why no WebSocket was opened. `status`: what the server answered instead. */
export interface SocketRefused {
  readonly refused: true
  readonly status?: number
}

/** What the host does with the connection of a request that asks for a WebSocket. */
export interface SocketAccepted {
  readonly socket: Socket
  /** To be answered to the host, which has said 101 or will. */
  readonly response: Response
}

/**
 * Turns a request's connection into a WebSocket: without compression, messages joined of their fragments, text that is
 * no UTF-8 refused. `undefined`: it cannot.
 */
export type SocketUpgrade = (options: {
  /** The subprotocol to be told to the client. */
  readonly protocol: string | undefined
  readonly headers: Readonly<Record<string, string>>
}) => SocketAccepted | undefined
