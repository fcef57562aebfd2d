import type { KeptState } from '../protocol/store.ts'
import type { Made, Reference } from '../protocol/view.ts'
import type { Exchange } from './exchange.ts'
import { pause } from './pause.ts'
import { isPending } from './pending.ts'
import { Refused } from './refusals.ts'

/**
 * What a request names that the provider keeps must be this AppContext's: another's is always refused, and what nobody
 * is known to have made, or was judged by other rules than hold now, where that could get past a rule.
 */
export async function strangeReference(
  exchange: Exchange,
  references: readonly Reference[],
): Promise<Refused | undefined> {
  const { ready, route, runtime, draft } = exchange
  const { id: app, unknownIds } = ready.app.context
  const rest = pause(exchange)
  for (const reference of once(references)) {
    if (!(await rest())) return new Refused('SLUICE_NOT_INSPECTED')
    const found = runtime.kept.find(route.adapter.id, reference)
    const known = (isPending(found) ? await found : found) ?? (await awaited(exchange, reference))
    if (known !== undefined && known.app !== app) return new Refused('SLUICE_REFERENCE_NOT_ALLOWED')
    if (isRead(known, reference, ready.app.judgedBy)) continue
    const refuses = unknownIds === undefined ? couldGetPast(exchange, reference) : unknownIds === 'refuse'
    if (refuses) return new Refused('SLUICE_REFERENCE_NOT_ALLOWED')
    draft.missed('ingress', reference.kind, 'kept by the provider; not known to be inspected for this AppContext')
  }
  return undefined
}

/** Looks for what a stream may just have made. All that an exchange names has one time together. */
async function awaited(exchange: Exchange, reference: Reference): Promise<KeptState | undefined> {
  const { ready, route, runtime } = exchange
  if (exchange.waitsMs <= 0) return undefined
  const began = runtime.host.clock()
  const found = await runtime.kept.awaited(route.adapter.id, reference, ready.app.context.id, exchange.waitsMs)
  exchange.waitsMs -= runtime.host.clock() - began
  return found
}

/** What an answer made belongs to the AppContext that asked for it. */
export async function bindMade(exchange: Exchange, made: readonly Made[] | undefined): Promise<void> {
  if (made === undefined || made.length === 0) return
  const { ready, route, runtime, draft } = exchange
  try {
    await runtime.kept.bind(route.adapter.id, made, {
      app: ready.app.context.id,
      judgedBy: ready.app.judgedBy,
      ...(exchange.uploaded === undefined ? {} : { uploaded: exchange.uploaded }),
      at: runtime.host.now(),
    })
  } catch {
    // What is not bound is unknown, and refused where that matters.
    draft.faults.push({ plugin: 'store', hook: 'kept', code: 'SLUICE_STORE_FAILED' })
    runtime.log.error('ids that the provider made could not be stored', { exchange: draft.id })
  }
}

/** All that is named is known to be this AppContext's, and the provider wrote what is in it. */
export async function isMadeByProvider(
  { ready, route, runtime }: Exchange,
  references: readonly Reference[] = [],
): Promise<boolean> {
  for (const reference of references) {
    const known = await runtime.kept.find(route.adapter.id, reference)
    if (known?.app !== ready.app.context.id || known.uploaded !== undefined) return false
  }
  return references.length > 0
}

/** Content that came with an upload was judged then; it counts only as long as the same rules hold. */
function isRead(known: KeptState | undefined, { use }: Reference, judgedBy: string): boolean {
  if (known === undefined) return false
  if (use === 'requests') return known.uploaded === 'requests' && known.judgedBy === judgedBy
  return use === 'record' || known.uploaded === undefined || known.judgedBy === judgedBy
}

function couldGetPast({ ready }: Exchange, { use }: Reference): boolean {
  const { INGRESS, EGRESS } = ready.couldAct
  if (use === 'record') return INGRESS || EGRESS
  return INGRESS || (use === 'requests' && (ready.allowedModels !== undefined || ready.app.toolFilters.length > 0))
}

function once(references: readonly Reference[]): readonly Reference[] {
  if (references.length < 2) return references
  return [...new Map(references.map((one) => [`${one.use} ${one.kind} ${one.id}`, one])).values()]
}
