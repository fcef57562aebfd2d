import { type CompiledPolicy, compilePolicy } from '../policy/match.ts'
import { acts } from '../policy/severity.ts'
import type { App, GatewaySetup } from '../protocol/exchange.ts'
import type { Lifecycle } from '../protocol/finding.ts'
import { compileRefused, compileRoutes, type Routes } from './routes.ts'

/** An AppContext made ready: everything that can be computed before the first request. */
export interface ReadyApp {
  readonly app: App
  readonly routes: Routes
  /** Of each adapter, by id: where requests inside requests would go. */
  readonly nested: ReadonlyMap<string, Routes>
  readonly endpoints: string
  /** Why a path is refused by name. */
  readonly refusedFor: (path: string) => string | undefined
  readonly policies: readonly CompiledPolicy[]
  readonly allowedModels: ReadonlySet<string> | undefined
  /** An enforced rule could change or stop traffic of this lifecycle. */
  readonly couldAct: Readonly<Record<Lifecycle, boolean>>
  /** Keyed hash of a text, 16 hex digits: equal texts are seen to be equal within this AppContext, and only there. */
  readonly fingerprint: (text: string) => string
  /** A hash of another key, remembered for a while: names of actors and sessions, which come with every request. */
  readonly identity: (text: string) => string
}

export function readyApp(app: App, setup: GatewaySetup): ReadyApp {
  const { host } = setup
  // Keys of its own for each AppContext: what two AppContexts saw cannot be compared.
  const hash = (secret: string): ((text: string) => string) => {
    const key = host.hmac(secret, `fingerprint:${app.context.id}`)
    return (text) => host.hmac(key, text).slice(0, 16)
  }
  const acting = (lifecycle: Lifecycle): boolean =>
    app.policies.some(
      ({ action, mode, match }) =>
        mode !== 'shadow' && acts(action) && (match.lifecycle === undefined || match.lifecycle.includes(lifecycle)),
    )
  return {
    app,
    routes: compileRoutes(app.adapters),
    nested: new Map(app.adapters.map((adapter) => [adapter.id, compileRoutes([adapter])])),
    endpoints: app.adapters
      .flatMap(({ instance }) => instance.operations)
      .map(({ methods, path }) => `${methods.join('|')} ${path}`)
      .join(', '),
    refusedFor: compileRefused(app.adapters),
    policies: app.policies.map(compilePolicy),
    allowedModels: app.context.allowedModels === undefined ? undefined : new Set(app.context.allowedModels),
    couldAct: { INGRESS: acting('INGRESS'), EGRESS: acting('EGRESS') },
    fingerprint: hash(setup.fingerprintKey.secret),
    identity: remembered(hash(setup.hmacKey)),
  }
}

const maxRemembered = 4096

function remembered(compute: (text: string) => string): (text: string) => string {
  const known = new Map<string, string>()
  return (text) => {
    const found = known.get(text)
    if (found !== undefined) return found
    if (known.size >= maxRemembered) known.clear()
    const made = compute(text)
    known.set(text, made)
    return made
  }
}
