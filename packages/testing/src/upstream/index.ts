export type { Sendable } from './bytes.ts'
export type { HeaderFields, HeaderList } from './message-head.ts'
export {
  connectRaw,
  encodeRequest,
  type RawConnection,
  type RawRequest,
  type RawResponse,
  type ReadOptions,
  rawRequest,
} from './raw-request.ts'
export { type AnswerOptions, bytes, json, type SplitHow, type SseOptions, sse, text } from './responders.ts'
export { type Arrival, ConnectionEnded } from './socket-reader.ts'
export { startUpstream, type Upstream } from './upstream.ts'
export { ClientGone, type ExchangeState, type Responder, type UpstreamExchange } from './upstream-exchange.ts'
export type { UpstreamRequest } from './upstream-request.ts'
