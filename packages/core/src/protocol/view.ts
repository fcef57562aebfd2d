import type { Json } from './json.ts'
import type { Located, Place } from './place.ts'
import type { SegmentKind, SegmentTrust, Source } from './segment.ts'

/** What an adapter found in one body. Everything it does not mention is forwarded untouched, and inspected as `other`. */
export interface BodyView {
  /** Every place where a model is named, fallbacks included, in order of importance. */
  readonly models: readonly Located<string>[]
  /** The request asks for a stream. Always false in a response. */
  readonly stream: boolean
  readonly texts: readonly NamedText[]
  /** In an answer: the tools of the request that it was made for, where that is another than the one it comes to. */
  readonly toolSets: readonly ToolSet[]
  readonly toolCalls: readonly ToolCall[]
  readonly toolResults: readonly ToolResult[]
  /** Content that cannot be read as text (images, audio, token arrays): forwarded, recorded as not inspected. */
  readonly opaque: readonly OpaqueContent[]
  /** Copies of text that stands elsewhere (log probabilities): dropped where the choice they copy was edited. */
  readonly copies: readonly { readonly choice: number; readonly place: Place }[]
  readonly finishes: readonly { readonly choice: number; readonly finish: Finish }[]
  readonly usage?: Usage
  /** What the body claims about who acts (`user`, `safety_identifier`): a claim, no more. */
  readonly claimedActor?: Located<string>
  /** The provider's own thread or conversation id. */
  readonly conversation?: Located<string>
  /** The provider says that it failed: an error object, or an error in the stream. */
  readonly upstreamError?: string
  /** What a request names that the provider keeps: it must be of the same AppContext. */
  readonly references?: readonly Reference[]
  /** What an answer says that the provider has made and keeps: bound to the AppContext from now on. */
  readonly made?: readonly Made[]
  /**
   * Requests inside this one (a batch): each is judged as if it had been sent alone. In an answer, and in the lines of a
   * file that is fetched: answers to such requests, read as the answers of their operations.
   */
  readonly nested?: readonly NestedRequest[]
  /**
   * What the form says that its file is. `requests`: each line is one; `lines`: JSON Lines. Absent: it is read as what
   * it looks like.
   */
  readonly file?: 'requests' | 'lines'
  /** Addresses of a request from which the provider fetches content by itself, as given. No data URLs. */
  readonly fetched?: readonly Located<string>[]
  /** For how many requests this one counts (`n`, several inputs, lines of a batch). Absent: 1. */
  readonly weight?: number
}

/** Something the provider keeps under an id. Its content is not in the body. */
export interface Reference {
  /** A short word from a closed set of the adapter's: `file`, `response`, `conversation`, `batch`, `sealed`. */
  readonly kind: string
  /** As the provider knows it; of sealed content (`encrypted_content`) the content itself. */
  readonly id: string
  readonly place: Place
  /**
   * `input`: it reaches the model. `requests`: the requests in it are run. `record`: it is asked for, changed or removed;
   * what comes of it is read on its way back.
   */
  readonly use: 'input' | 'requests' | 'record'
}

export interface Made {
  readonly kind: string
  readonly id: string
}

/** A request inside another, or the answer to one. Its body is the JSON object at `place`; its places are told from there. */
export interface NestedRequest {
  /** The client's own word for it (`custom_id`). */
  readonly id: string
  readonly method: string
  /** As it would be sent alone: `/v1/chat/completions`. */
  readonly path: string
  readonly place: Place
}

/** Text that the adapter names. The core gives it an id and a direction and makes a segment of it. */
export interface NamedText {
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  readonly text: string
  readonly sources: readonly Source[]
  readonly choice?: number
  readonly tool?: { readonly name: string; readonly callId?: string }
  readonly group?: string
  /** As in `TextSegment`: decoded from something else at its place, so no edit is possible. */
  readonly decoded?: true
  /** As in `TextSegment`: the JSON value at its place as it is spelled there. Everything in it is named by it. */
  readonly json?: true
}

/** A list of tool definitions and the members whose meaning hangs on it. */
export interface ToolSet {
  /** The list itself, removed when no tool is left. */
  readonly place: Place
  readonly tools: readonly ToolDefinition[]
  /** Members that make no sense without a tool (`tool_choice`, `parallel_tool_calls`): removed with the list. */
  readonly dependents: readonly Place[]
  /** What names tools of this list. A name whose tool was removed goes; with its last name the container goes. */
  readonly choices: readonly ToolChoice[]
  /**
   * The definitions stand among the messages of a conversation: they may repeat others, and a list from which all of them
   * go stays there, empty.
   */
  readonly inConversation?: true
}

export interface ToolChoice {
  readonly container: Place
  readonly names: readonly Located<string>[]
}

export interface ToolDefinition {
  /** `function` and `custom` tools are run by the client, `hosted` ones by the provider. */
  readonly type: 'function' | 'custom' | 'hosted'
  /** A hosted tool without a name has its type as name: `web_search`. */
  readonly name: string
  readonly description?: string
  readonly inputSchema?: Json
  /** Of a hosted tool that reaches out to somebody's server (MCP): its address as given, or the id of a connector. */
  readonly server?: { readonly url?: string; readonly connector?: string }
  /**
   * What calls and choices of it are told by, where that is not its name: the family of a hosted tool, the server of an
   * MCP tool, the name within a namespace.
   */
  readonly calledAs?: string
  /** The whole definition, removable. */
  readonly place: Place
  /** What holds it besides the list (a namespace): removed with the last of the definitions that it holds. */
  readonly within?: Place
}

export interface ToolCall {
  readonly callId: string
  readonly name: string
  /**
   * The `calledAs` (or name) of the definition it was made under, where that is not its own name: the MCP server whose tool it
   * is, the hosted tool or tool set that it is a part of.
   */
  readonly definition?: string
  readonly choice: number
  /** `undefined` when the model produced arguments that are not JSON. */
  readonly input: Json | undefined
  readonly inputText: string
  /** Absent when accumulated from a stream. */
  readonly place?: Place
}

export interface ToolResult {
  readonly callId: string
  readonly name?: string
  readonly text: string
  readonly place: Place
}

export interface OpaqueContent {
  readonly place: Place
  /** `image`, `audio`, `file`, `tokens`, `embedding`. A short word from a closed set of the adapter's. */
  readonly content: string
  readonly reason: string
}

/** The unified reason travels with the provider's own word. */
export interface Finish {
  readonly reason: 'stop' | 'length' | 'tool-calls' | 'content-filter' | 'error' | 'other'
  readonly raw?: string
}

export interface Usage {
  readonly inputTokens?: number
  readonly outputTokens?: number
  readonly raw?: Json
}
