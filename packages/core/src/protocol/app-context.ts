/** Who a detection key belongs to and what holds for it. */
export interface AppContext {
  /** `ac_` + 12 characters of `[A-Za-z0-9]`. */
  readonly id: string
  readonly name: string
  readonly owner?: string
  /** Instance id of the adapter, or of several: then each request goes to the one that has its operation. */
  readonly adapter: string | readonly string[]
  /** Model names. Absent: all. Never empty. */
  readonly allowedModels?: readonly string[]
  /** Enabled risk categories. Absent: all. Never empty. */
  readonly detectors?: readonly string[]
  /** Requests a minute. One that asks for several answers counts as several (`BodyView.weight`). */
  readonly rateLimit?: number
  /** Requests a UTC month, counted likewise. */
  readonly monthlyQuota?: number
  /** Exchanges of one key under way at once. */
  readonly maxConcurrent?: number
  /** Ids of the policies that hold. */
  readonly policies: readonly string[]
  readonly streaming: 'observe'
  /** Status of blocked answers; `451` answers in the gateway's error form everywhere. */
  readonly blockStatus: 200 | 451
  readonly blockedStream: 'chunk' | 'bare'
  /** The actor header of these callers is believed. */
  readonly trustActorHeader: boolean
  /** `suspended`: every request is 403. */
  readonly status: 'active' | 'suspended'
  /**
   * What becomes of a request that names what the provider keeps and this AppContext is not known to have made, or whose
   * requests were not read under its present policy. Absent: `refuse` where an enforced rule could act. What another
   * AppContext made is always refused.
   */
  readonly unknownIds?: 'refuse' | 'forward'
  /**
   * What becomes of a request with a URL that the provider would fetch and that is no plain http or https URL of a public
   * host. Absent: `refuse`.
   */
  readonly privateUrls?: 'refuse' | 'forward'
  /**
   * What becomes of a batch file with lines that a rule blocks. `drop`: it is forwarded without them. Absent: `refuse`.
   */
  readonly batchLines?: 'refuse' | 'drop'
  /** A marker is planted behind the instructions of requests that generate, for detectors to find it in answers. */
  readonly canary?: boolean
  /** What is known, and no finding. Absent: nothing. */
  readonly allow?: readonly AllowEntry[]
  /** Keyed hashes of the values that credential headers may have. Absent: any. */
  readonly credentials?: Readonly<Record<string, readonly string[]>>
}

/**
 * Values that are no finding of these types and rules: a documentation example, a test card, a public key. Only the whole
 * of what a finding covers is compared, so that nothing rides along beside what is allowed.
 */
export interface AllowEntry {
  /** Detection types, as globs. Absent: all. */
  readonly types?: readonly string[]
  /** Rules of detectors (`data.rule`), as globs. Absent: all. */
  readonly rules?: readonly string[]
  /** As they stand in the text. */
  readonly values?: readonly string[]
  /** Keyed hashes of them: `fingerprint` in the record of what was found. They hold for this AppContext alone. */
  readonly fingerprints?: readonly string[]
  /** RE2 patterns that match all of it. */
  readonly patterns?: readonly string[]
  /** For people. */
  readonly reason?: string
}
