import type { Place } from './place.ts'
import type { Direction, SegmentKind, SegmentTrust } from './segment.ts'

export type Severity = 'LOW' | 'MEDIUM' | 'HIGH' | 'CRITICAL'
export type RiskDomain = 'DATA_PROTECTION' | 'SYSTEM_INTEGRITY' | 'AUTONOMOUS_ACTION' | 'IDENTITY_TRUST' | 'ADVERSARIAL'
export type DataClassification = 'PII' | 'PHI' | 'FINANCIAL' | 'CREDENTIALS' | 'IP' | 'NONE'
export type Lifecycle = 'INGRESS' | 'EGRESS'

/** Where a detection type stands in the taxonomy. The type itself is UPPER_SNAKE with its class as prefix: `PII_SSN`. */
export interface DetectionTypeSpec {
  /** One sentence for people: what was found. Never the matched text. */
  readonly message: string
  readonly severity: Severity
  readonly riskDomain: RiskDomain
  /** UPPER_SNAKE: `CREDENTIAL_EXPOSURE`. An AppContext's `detectors` names these. */
  readonly riskCategory: string
  readonly dataClassification: DataClassification
}

/** What a detector reports of one segment. */
export interface Finding<Code extends string = string> {
  /** One of the instance's declared types. */
  readonly type: Code
  /** 0 to 1. */
  readonly confidence: number
  /** UTF-16 offsets from the start of the segment: `0 <= start < end <= length`. */
  readonly start: number
  readonly end: number
  /** By evidence; the type's own severity where absent. */
  readonly severity?: Severity
  /** Which rule matched and the like. Never the matched text: this is recorded. */
  readonly data?: Readonly<Record<string, string | number | boolean>>
}

/** A finding placed in the taxonomy and in the exchange. This is recorded; it never holds the matched text. */
export interface Detection extends DetectionTypeSpec {
  /** Unique within the exchange: `d0`. */
  readonly id: string
  readonly type: string
  readonly lifecycle: Lifecycle
  /** Instance id of the plugin that reported it; `sluice` for the gateway's own. */
  readonly detector: string
  readonly confidence: number
  readonly segment: string
  readonly kind: SegmentKind
  readonly trust: SegmentTrust
  readonly direction: Direction
  readonly tool?: string
  readonly place: Place
  /** UTF-16 offsets in the segment's text. */
  readonly start: number
  readonly end: number
  /** Keyed hash (HMAC-SHA-256 under this AppContext's key, 16 hex digits) of the matched text. */
  readonly fingerprint: string
  readonly data?: Readonly<Record<string, string | number | boolean>>
}
