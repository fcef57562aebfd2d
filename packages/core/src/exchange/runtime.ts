import type { GatewaySetup, Limits, TrustSettings } from '../protocol/exchange.ts'
import type { Host } from '../protocol/host.ts'
import type { Logger } from '../protocol/plugin.ts'
import type { KeyRecord, StoreInstance } from '../protocol/store.ts'
import { Recorder } from '../record/recorder.ts'
import { KeptIds } from './kept-ids.ts'
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
  readonly log: Logger
  readonly limits: Limits
  readonly trust: TrustSettings
  readonly kept: KeptIds
  readonly idleMs: number
  readonly actorHeader: string
  readonly source: string
  readonly upstream: UpstreamCalls
  readonly recorder: Recorder
}

export function runtimeOf(setup: GatewaySetup): Runtime {
  return {
    apps: new Map(setup.apps.map((app) => [app.context.id, readyApp(app, setup)])),
    keys: new Map(setup.keys.map((key) => [key.hash, key])),
    store: setup.store,
    host: setup.host,
    hmacKey: setup.hmacKey,
    log: setup.log,
    limits: setup.limits,
    trust: setup.trust,
    kept: new KeptIds(setup.store.kept, setup.host, setup.hmacKey),
    idleMs: setup.timeouts.idleMs,
    actorHeader: setup.actorHeader,
    source: `/sluice/${setup.instance}`,
    upstream: new UpstreamCalls(setup.host, setup.timeouts),
    recorder: new Recorder(setup.store.audit, setup.log, setup.maxQueuedEvents),
  }
}
