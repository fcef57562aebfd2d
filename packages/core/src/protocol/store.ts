import type { AuditEvent } from './audit.ts'
import type { MaybePromise } from './json.ts'
import type { Definition } from './plugin.ts'

export interface KeyRecord {
  /** `key_` + 12 characters. */
  readonly id: string
  readonly app: string
  readonly name: string
  /** `sha256:` + lower-case hex SHA-256 of the whole key. */
  readonly hash: string
  /** The first characters, for people to tell keys apart: `detect_live_Ab12`. */
  readonly prefix: string
  /** Milliseconds since 1970, here and below. */
  readonly createdAt: number
  readonly expiresAt?: number
  readonly revokedAt?: number
}

export interface KeyTable {
  create(record: KeyRecord): MaybePromise<void>
  /** By hash. Sees what another process created or revoked within 250 ms. */
  find(hash: string): MaybePromise<KeyRecord | undefined>
  /** In order of creation. */
  list(app?: string): MaybePromise<readonly KeyRecord[]>
  /** By id. Undefined: there is none. A key already revoked keeps its time. */
  revoke(id: string, at: number): MaybePromise<KeyRecord | undefined>
}

/** State kept under (app, id), changed only by pure functions so that several gateways can share it. */
export interface StateTable<State> {
  get(app: string, id: string): MaybePromise<State | undefined>
  /** Atomic: `change` sees the newest state and may run again. Answers what it made. */
  update(app: string, id: string, change: (state: State | undefined) => State): MaybePromise<State>
}

export interface ActorState {
  /** 0 to 100. */
  readonly trust: number
  /** What violations have cost beyond trust 0; paid back before trust rises. */
  readonly debt: number
  readonly interactions: number
  readonly violations: number
  /** Trust earned on `earnedDay` (UTC, `2026-11-23`). */
  readonly earned: number
  readonly earnedDay: string
  readonly lastSeenAt: number
  readonly quarantinedAt?: number
  /** The policy that did it. */
  readonly quarantinedBy?: string
  /** For an actor that is a key: the claims under it that were quarantined. */
  readonly quarantinedClaims?: readonly string[]
}

export interface SessionState {
  readonly startedAt: number
  readonly lastSeenAt: number
  readonly interactions: number
  /** Violations in it: an attack chain is under way. */
  readonly violations: number
  /** Credentials were detected in it. */
  readonly credentialsSeen: boolean
  /** Any PII, PHI, financial data or credentials were detected in it. */
  readonly sensitiveSeen: boolean
}

/** Who made something that a provider keeps under an id. */
export interface KeptState {
  /** The AppContext. */
  readonly app: string
  /** `App.judgedBy` when it was made. */
  readonly judgedBy: string
  /** It came with a body that was judged: its content, or as `requests` each request in it as if sent alone. */
  readonly uploaded?: 'content' | 'requests'
  readonly at: number
}

export interface CounterTable {
  /**
   * Counts `amount` (1 unless told otherwise) if the window has room for all of it below `limit`, else nothing;
   * atomically. The window opens with its first count and ends at `endsAt(now)`. `retryAt`: when the window ends.
   */
  take(
    name: string,
    limit: number,
    now: number,
    endsAt: (now: number) => number,
    amount?: number,
  ): MaybePromise<{ readonly taken: boolean; readonly remaining: number; readonly retryAt: number }>
}

export interface AuditTable {
  /** All or none of the batch; a rejected batch is retried event by event, so one bad event cannot spoil others. */
  append(events: readonly AuditEvent[]): MaybePromise<void>
  /**
   * In order of recording. `after`: a cursor of an earlier answer; `last`: only the newest so many; `limit`: no more
   * than that many at once, the oldest first, so that a long record can be read in pages.
   */
  read(range: {
    readonly after?: number
    readonly last?: number
    readonly limit?: number
  }): MaybePromise<readonly { readonly cursor: number; readonly event: AuditEvent }[]>
}

/** What changes at run time. One conformance suite holds for every store. */
export interface StoreInstance {
  readonly keys: KeyTable
  readonly actors: StateTable<ActorState>
  readonly sessions: StateTable<SessionState>
  /** Under (adapter instance, keyed hash of kind and id). */
  readonly kept: StateTable<KeptState>
  readonly counters: CounterTable
  readonly audit: AuditTable
  /** Named secrets of this installation (the HMAC key): made by `make` on first use and kept. Lower-case hex. */
  secret(name: string, make: () => string): MaybePromise<string>
  /** Writes out what is held back in memory. */
  flush(): MaybePromise<void>
  /** Throws if the store cannot serve. */
  check(): MaybePromise<void>
}

export type StoreDefinition<Options = unknown> = Definition<'store', Options, StoreInstance>
