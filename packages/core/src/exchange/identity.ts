import type { App } from '../protocol/exchange.ts'
import type { IdentityStrength } from '../protocol/policy.ts'
import type { KeyRecord } from '../protocol/store.ts'
import type { BodyView } from '../protocol/view.ts'

/** Who acted, always within an AppContext. */
export interface Actor {
  /** Under which the store keeps it: `key:…`, `actor:…`, or `claim:<key>:…`, which binds that key and claim only. */
  readonly id: string
  readonly from: 'key' | 'header' | 'body'
  readonly identity: IdentityStrength
  /** The store's id of the key's own actor: trust is the lesser of the two. */
  readonly key: string
}

export interface SessionRef {
  readonly id: string
  /** Grouped by actor and time, not by a name of its own. */
  readonly byActor: boolean
}

const traceId = /^[0-9a-f]{2}-([0-9a-f]{32})-/
const noTrace = '0'.repeat(32)
/** Longer claims are cut before they are hashed: they are identity, not text. */
const maxClaimChars = 512

/** What a client says of itself is kept as a keyed fingerprint only: it may be a secret, and it is nobody's business. */
export function actorOf(
  app: App,
  key: KeyRecord,
  headers: Headers,
  actorHeader: string,
  view: BodyView | undefined,
  fingerprint: (text: string) => string,
): Actor {
  const keyActor = `key:${key.id}`
  const named = app.context.trustActorHeader ? headers.get(actorHeader) : null
  if (named !== null && named.trim() !== '') {
    return { id: `actor:${fingerprint(claim(named))}`, from: 'header', identity: 'STANDARD', key: keyActor }
  }
  const claimed = view?.claimedActor?.value
  if (claimed !== undefined && claimed !== '') {
    return { id: `claim:${key.id}:${fingerprint(claim(claimed))}`, from: 'body', identity: 'BASIC', key: keyActor }
  }
  return { id: keyActor, from: 'key', identity: 'STANDARD', key: keyActor }
}

export function sessionOf(
  headers: Headers,
  view: BodyView | undefined,
  actor: Actor,
  fingerprint: (text: string) => string,
): SessionRef {
  const named = headers.get('x-session-id')
  if (named !== null && named !== '') return { id: `ses_${fingerprint(`header:${claim(named)}`)}`, byActor: false }
  const trace = traceId.exec(headers.get('traceparent') ?? '')?.[1]
  if (trace !== undefined && trace !== noTrace) return { id: `ses_${fingerprint(`trace:${trace}`)}`, byActor: false }
  const conversation = view?.conversation?.value
  if (conversation !== undefined && conversation !== '') {
    return { id: `ses_${fingerprint(`conversation:${claim(conversation)}`)}`, byActor: false }
  }
  return { id: `ses_${fingerprint(`actor:${actor.id}`)}`, byActor: true }
}

function claim(text: string): string {
  return text.slice(0, maxClaimChars)
}
