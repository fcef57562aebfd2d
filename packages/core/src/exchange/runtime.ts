import type { GatewaySetup, Limits, TrustSettings } from '../protocol/exchange.ts'
import type { Host } from '../protocol/host.ts'
import type { Logger } from '../protocol/plugin.ts'
import type { KeyRecord, StoreInstance } from '../protocol/store.ts'
import { Recorder } from '../record/recorder.ts'
import { Tallies } from '../record/tallies.ts'
import { KeptIds } from './kept-ids.ts'
import { Seats } from './seats.ts'
import { type ReadyApp, readyApp } from './settings.ts'
import { UpstreamCalls } from './upstream.ts'

/** What all exchanges of one gateway share. */
export interface Runtime {
  readonly apps: ReadonlyMap<string, ReadyApp>
  /** Keys of the configuration, by hash. */
  readonly keys: ReadonlyMap<string, KeyRecord>
  readonly store: StoreInstance
  readonly host: Host
  readonly hmacKey: string
  /** The name of the key of fingerprints. */
  readonly fingerprintKey: string
  readonly log: Logger
  readonly limits: Limits
  readonly trust: TrustSettings
  readonly kept: KeptIds
  readonly idleMs: number
  readonly maxStreamMs: number
  readonly longStreamMs: number
  readonly socketIdleMs: number
  readonly maxRecordedDetections: number
  readonly actorHeader: string
  readonly source: string
  readonly upstream: UpstreamCalls
  readonly seats: Seats
  readonly recorder: Recorder
  readonly tallies: Tallies
}

export function runtimeOf(setup: GatewaySetup): Runtime {
  const source = `/sluice/${setup.instance}`
  const recorder = new Recorder(setup.store.audit, setup.log, setup.maxQueuedEvents)
  return {
    apps: new Map(setup.apps.map((app) => [app.context.id, readyApp(app, setup)])),
    keys: new Map(setup.keys.map((key) => [key.hash, key])),
    store: setup.store,
    host: setup.host,
    hmacKey: setup.hmacKey,
    fingerprintKey: setup.fingerprintKey.id,
    log: setup.log,
    limits: setup.limits,
    trust: setup.trust,
    kept: new KeptIds(setup.store.kept, setup.host, setup.hmacKey),
    idleMs: setup.timeouts.idleMs,
    maxStreamMs: setup.timeouts.maxStreamMs ?? Number.POSITIVE_INFINITY,
    longStreamMs: setup.timeouts.longStreamMs ?? Number.POSITIVE_INFINITY,
    socketIdleMs: setup.timeouts.socketIdleMs,
    maxRecordedDetections: setup.limits.maxRecordedDetections,
    actorHeader: setup.actorHeader,
    source,
    seats: new Seats(),
    upstream: new UpstreamCalls(setup.host, setup.timeouts),
    recorder,
    tallies: new Tallies(recorder, setup.host, source, setup.maxKeyRefusals),
  }
}
