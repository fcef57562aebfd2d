import type { AdapterInstance } from './adapter.ts'
import type { AppContext } from './app-context.ts'
import type { DetectorInstance } from './detector.ts'
import type { Severity } from './finding.ts'
import type { Host } from './host.ts'
import type { Logger } from './plugin.ts'
import type { IdentityStrength, Policy } from './policy.ts'
import type { SocketUpgrade } from './socket.ts'
import type { KeyRecord, StoreInstance } from './store.ts'
import type { StreamLimits } from './stream.ts'
import type { ToolFilterInstance } from './tool-filter.ts'

/** What becomes of an exchange whose detector throws, hangs or answers nonsense. Faults of ours only: what the content
 * itself causes is always refused. */
export type OnError = 'refuse' | 'forward'

export interface LoadedDetector {
  readonly id: string
  readonly instance: DetectorInstance
  readonly onError: OnError
  /** Milliseconds for one exchange and direction. */
  readonly timeoutMs: number
}

export interface LoadedToolFilter {
  readonly id: string
  readonly instance: ToolFilterInstance
  readonly onError: OnError
  readonly timeoutMs: number
}

export interface LoadedAdapter {
  readonly id: string
  readonly instance: AdapterInstance
}

/** An AppContext with everything it names looked up. */
export interface App {
  readonly context: AppContext
  /** Never empty. */
  readonly adapters: readonly LoadedAdapter[]
  /** Changes with everything by which a request is judged: policies, detectors, tool filters, their options, models. */
  readonly judgedBy: string
  readonly detectors: readonly LoadedDetector[]
  readonly toolFilters: readonly LoadedToolFilter[]
  readonly policies: readonly Policy[]
  /** Whether something that was found is known and no finding (`AppContext.allow`). Absent: nothing is. */
  readonly allows?: (found: AllowedCandidate) => boolean
}

/** What an allow-list may ask about a finding. */
export interface AllowedCandidate {
  readonly type: string
  readonly rule: string
  /** The whole of what the finding covers, as it stands in the text. */
  readonly text: string
  readonly fingerprint: string
}

export interface Limits extends StreamLimits {
  /** Bytes of a request body as received, and again when decoded. */
  readonly maxBodyBytes: number
  /** Bytes of a form with a file, and of a file that is fetched. They lie on disk meanwhile. */
  readonly maxUploadBytes: number
  /** Milliseconds until a request's body is whole. Past it: 408. */
  readonly maxBodyMs: number
  /** Bytes of a whole (not streamed) response. Past it the response is refused with 502. */
  readonly maxResponseBytes: number
  /** Bytes of a stream kept for inspection. Past it the relay goes on and the record says so. */
  readonly maxStreamBytes: number
  /** Bytes of one WebSocket message. Past it the session is closed with 1009. */
  readonly maxMessageBytes: number
  /** Depth of JSON. */
  readonly maxDepth: number
  /** Findings in one exchange and direction. Past it the exchange is refused where a rule could act. */
  readonly maxFindings: number
  /** Detections written into one record; the others are counted by type. */
  readonly maxRecordedDetections: number
}

export interface Timeouts {
  /** Milliseconds until the connection stands, until the response's headers, and between two chunks of it. */
  readonly connectMs: number
  readonly firstByteMs: number
  readonly idleMs: number
  /** Milliseconds a response may take from its headers to its end. Absent: as long as it goes on. */
  readonly maxStreamMs?: number
  /**
   * Milliseconds after which an observed stream is looked at while it goes on, and then whenever it is half as old again.
   * Absent: when it has ended.
   */
  readonly longStreamMs?: number
  /** Milliseconds without a message from either side of a WebSocket. */
  readonly socketIdleMs: number
}

/** Everything the core needs to serve: built by the gateway from configuration, or by a test by hand. */
export interface GatewaySetup {
  readonly instance: string
  readonly apps: readonly App[]
  /** Keys that stand in the configuration. */
  readonly keys: readonly KeyRecord[]
  readonly store: StoreInstance
  readonly host: Host
  readonly log: Logger
  readonly limits: Limits
  readonly timeouts: Timeouts
  readonly trust: TrustSettings
  /** Lower case. Names the header that carries an actor's id where an AppContext trusts it. */
  readonly actorHeader: string
  /** Hex. Key of the names under which actors, sessions and pinned credentials are known: these must last. */
  readonly hmacKey: string
  /**
   * Key of the fingerprints in records, with the name it is recorded under: records of one name can be compared. A key of
   * its own is derived from it for each AppContext. `secret` is hex.
   */
  readonly fingerprintKey: { readonly id: string; readonly secret: string }
  /** What is done when the record cannot be written fast enough: new exchanges are refused with 503. */
  readonly maxQueuedEvents: number
  /** Refusals of callers that nobody knows that are recorded one by one in a minute; the others are counted. */
  readonly maxKeyRefusals: number
}

/** The numbers of trust and risk. Trust and risk run from 0 to 100. */
export interface TrustSettings {
  /** What a clean interaction adds; half of it during the first `warmupInteractions`. */
  readonly cleanInteraction: number
  readonly warmupInteractions: number
  /** What a violation takes. Positive. */
  readonly violation: number
  /** At most this is earned a UTC day. */
  readonly dailyEarnings: number
  /** Restored for each day without a request. 0: off. */
  readonly restorationPerDay: number
  readonly ceilings: Readonly<Record<IdentityStrength, number>>
  /** How many quarantined claims under one key quarantine the key. */
  readonly claimsThatBindKey: number
  readonly risk: {
    readonly signal: Readonly<Record<Severity, number>>
    readonly perViolation: number
    readonly maxViolations: number
    /** Times (100 - trust). */
    readonly distrust: number
    readonly credentialsSeen: number
    readonly sensitiveThenOutbound: number
    readonly highVolume: number
    /** Interactions of a session from which its volume is high. */
    readonly highVolumeFrom: number
    readonly maxSession: number
  }
}

/** What becomes of exchanges under way: they go on, or they are ended, and why. */
export type Standing = 'good' | 'SLUICE_KEY_INVALID' | 'SLUICE_APP_SUSPENDED'

export interface Gateway {
  /** Answers every request; never rejects. `upgrade`: what the host can make of one that asks for a WebSocket. */
  handle(request: Request, upgrade?: SocketUpgrade): Promise<Response>
  /** Exchanges under way. */
  readonly active: number
  /** Refuses new exchanges, waits for those under way at most `deadlineMs`, aborts the rest, flushes the record. */
  close(deadlineMs: number): Promise<void>
  /** Whether exchanges that were admitted with a key may go on. */
  standing(key: KeyRecord): Promise<Standing>
  /** Another gateway has taken over: what is under way here goes on as long as that one lets it. */
  supersede(by: Pick<Gateway, 'standing'>): void
  /** Throws if the gateway cannot serve (the store does not answer, the record is full). */
  check(): Promise<void>
}
