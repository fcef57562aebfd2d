import type { RuleMatch } from './decision.ts'
import type { Detection, Lifecycle } from './finding.ts'
import type { Action, IdentityStrength } from './policy.ts'
import type { Direction, SegmentKind } from './segment.ts'

export type Outcome = 'forwarded' | 'blocked' | 'refused' | 'client-aborted' | 'upstream-truncated' | 'failed'

/** The record of one exchange: a CloudEvents 1.0 event in JSON format. Never the matched text, a key or a body. */
export interface AuditEvent {
  readonly specversion: '1.0'
  /** The exchange's id, as in `x-sluice-exchange-id`. */
  readonly id: string
  /** The gateway instance: `/sluice/<instance>`. */
  readonly source: string
  readonly type: 'sluice.exchange.v1'
  /** RFC 3339, when the exchange began. */
  readonly time: string
  /** The AppContext; absent when the caller was not known. */
  readonly subject?: string
  readonly datacontenttype: 'application/json'
  readonly data: ExchangeRecord
}

export interface ExchangeRecord {
  readonly outcome: Outcome
  /** `SLUICE_…`, why an exchange was refused, failed, or was cut off by us. */
  readonly code?: string
  /**
   * This event stands for so many refusals, of callers that nobody knows or while the record was full, the first and the
   * last at these times.
   */
  readonly repeated?: { readonly count: number; readonly first: string; readonly last: string }
  /** What the client was answered; absent when it left before. */
  readonly status?: number
  readonly key?: { readonly id: string; readonly name: string; readonly prefix: string }
  readonly actor?: {
    /** A keyed fingerprint, except where the actor is the key itself. */
    readonly id: string
    readonly from: 'key' | 'header' | 'body'
    readonly identity: IdentityStrength
  }
  readonly session?: string
  /** Names the key of this record's fingerprints: those of one name and one AppContext can be compared. */
  readonly fingerprintKey?: string
  readonly adapter?: string
  readonly operation?: string
  /** `partly inspected`: something was read, and something that `segments.notInspected` tells was not. */
  readonly inspection?: 'inspected' | 'partly inspected' | 'opaque' | 'not inspected'
  readonly method: string
  /** The operation's template; absent for a route nobody declares. */
  readonly path?: string
  readonly model?: string
  readonly stream: boolean
  readonly segments: {
    readonly inspected: readonly SegmentCount[]
    readonly notInspected: readonly NotInspected[]
  }
  readonly detections: readonly Detection[]
  /** Detections past the recorded limit, by type. */
  readonly detectionsDropped?: Readonly<Record<string, number>>
  readonly decisions: readonly RecordedDecision[]
  /** The most restrictive action that policy asked for. */
  readonly action: Action
  /** What was done in fact. Differs from `action` in shadow mode and on observed streams. */
  readonly effectiveAction: Action
  readonly policy?: string
  readonly risk?: number
  readonly trust?: { readonly before: number; readonly after: number }
  readonly toolsRemoved: readonly { readonly name: string; readonly code: string; readonly filter: string }[]
  readonly toolCalls: readonly { readonly name: string; readonly callId: string; readonly choice: number }[]
  /** Removed tools and calls past the recorded limit. */
  readonly toolsDropped?: number
  /** How a file that was sent or fetched was read. */
  readonly file?: FileRecord
  readonly upstream?: { readonly status: number }
  readonly usage?: { readonly inputTokens?: number; readonly outputTokens?: number }
  readonly bytes: { readonly request: number; readonly response: number }
  /** Milliseconds by stage: admit, read, detect, upstream (to its headers), relay, total. */
  readonly ms: Readonly<Record<string, number>>
  /** Plugins that failed, with the code of their error; never its text. */
  readonly faults: readonly { readonly plugin: string; readonly hook: string; readonly code: string }[]
}

export interface FileRecord {
  /** As requests (or answers) line by line, as JSON Lines, as one JSON text, as text; `opaque`: not at all. */
  readonly read: 'requests' | 'lines' | 'json' | 'text' | 'opaque'
  /** Lines that are not blank. */
  readonly lines?: number
  /** Lines that were left out of what was forwarded: how many, and the first of them, from 0. */
  readonly dropped?: { readonly count: number; readonly lines: readonly number[] }
}

export interface SegmentCount {
  readonly direction: Direction
  readonly kind: SegmentKind
  readonly segments: number
  /** UTF-16 units. */
  readonly chars: number
}

export interface NotInspected {
  readonly direction: Direction
  /** `image`, `tokens`, `stream-limit`, `encoding`, `detector-failed`, … */
  readonly content: string
  readonly reason: string
  readonly count: number
}

export interface RecordedDecision {
  readonly lifecycle: Lifecycle
  readonly action: Action
  readonly effectiveAction: Action
  readonly shadow: Action
  readonly matches: readonly RuleMatch[]
}
