import { placeWithin, type Within } from '../inspect/segments.ts'
import { blocks } from '../policy/severity.ts'
import type { Body } from '../protocol/body.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { judgeResults, nothingJudged } from '../tools/calls.ts'
import { filterTools, nothingFiltered } from '../tools/filter.ts'
import { ambiguity } from './ambiguity.ts'
import { canaryFor } from './canary.ts'
import type { Exchange } from './exchange.ts'
import { fetchedProblem } from './fetched.ts'
import { inspectBody, placeBody } from './inspect-body.ts'
import { judged } from './judged.ts'
import { modelProblem } from './models.ts'
import { weightOf } from './quota.ts'
import { strangeReference } from './references.ts'
import { Refused } from './refusals.ts'
import type { Route } from './routes.ts'
import { vetNames } from './vet-names.ts'

/** A request to be judged: the one that was sent, one inside it, or a piece of the file it brings. */
export interface Asked {
  readonly route: Route
  readonly body: Body
  readonly view: BodyView
  /** Names and values of the query and of the path's parameters. */
  readonly query: readonly (readonly [string, string])[]
  /** Where it stands in what was sent. Absent: it is what was sent. */
  readonly within?: Within
  /** What stands there is judged by itself. */
  readonly apart?: readonly Place[]
  /** Only what is found there counts: the rest of the text is also read with its neighbours. */
  readonly counts?: (detection: Detection) => boolean
}

export interface JudgedRequest {
  readonly decision: Decision
  /** Of policy, unless it blocks, and of the tool filters. Their places are told from where the exchange's body begins. */
  readonly edits: readonly Edit[]
  /** Tool names the model will know. */
  readonly forwarded: ReadonlySet<string>
  /** Why it is refused although no rule blocks it: for what it names outside of itself. */
  readonly problem?: Refused
}

/** Model, tools, detection and policy of one request, as if it had been sent alone. */
export async function judgeRequest(exchange: Exchange, asked: Asked): Promise<JudgedRequest | Refused> {
  const { ready, draft } = exchange
  const { body, view, route, query, within, apart = [] } = asked
  const mistake =
    (within === undefined ? undefined : await exchange.claimProblem(view)) ??
    modelProblem(ready, asked) ??
    ambiguity(ready, body, view)
  if (mistake !== undefined) return mistake
  if (within !== undefined) exchange.weightInside += weightOf(view) - 1

  const context = within === undefined ? exchange.context : { ...exchange.context, operation: route.operation.name }
  const { toolFilters } = ready.app
  const filtered = view.toolSets.length === 0 ? nothingFiltered : await filterTools(view, toolFilters, context)
  for (const { tool, code, filter } of filtered.removed) draft.toolsRemoved.push({ name: tool.name, code, filter })
  const results = view.toolResults.length === 0 ? nothingJudged : await judgeResults(view, toolFilters, context)
  draft.failed(filtered.faults)
  draft.failed(results.faults)
  if (filtered.refused || results.refused) return new Refused('SLUICE_NOT_INSPECTED')

  // What leaves the request is not sent, so it is not judged either.
  const gone = [...filtered.edits.map(({ place }) => place), ...apart]
  // The query of a session was judged with its handshake.
  const outside = exchange.isSession ? [] : query
  const text = {
    body,
    view,
    declared: route.request,
    query: outside,
    gone,
    ...(within === undefined ? {} : { within }),
  }
  const { segments, complete } = placeBody(draft, 'ingress', text)
  if (!complete && ready.couldAct.INGRESS) return new Refused('SLUICE_NOT_INSPECTED')
  const inspection = await inspectBody(exchange, 'ingress', segments, view, {
    context,
    counts: asked.counts,
    nested: within !== undefined,
  })
  if (inspection.refused) return new Refused('SLUICE_NOT_INSPECTED')
  const { overLimit } = inspection
  if (overLimit !== undefined) {
    if (ready.couldAct.INGRESS) return new Refused('SLUICE_NOT_INSPECTED')
    draft.missed('ingress', overLimit.content, overLimit.reason)
  }
  if (filtered.removed.length > 0 && within === undefined) await vetNames(exchange)
  const canary = within === undefined && route.operation.generates ? canaryFor(ready, segments) : undefined
  if (canary !== undefined) exchange.said?.add({ segments: [canary.segment], toolCalls: [], detections: [] })

  const subject = exchange.subject(route.operation, within === undefined ? undefined : view)
  const decision = judged(exchange, 'INGRESS', inspection.detections, results.denials, segments, subject)
  const problem = blocks(decision.action) ? undefined : await outsideProblem(exchange, view, gone)
  const removals =
    within === undefined
      ? filtered.edits
      : filtered.edits.map((edit) => ({ ...edit, place: placeWithin(edit.place, within) }))
  return {
    decision,
    edits: [...removals, ...decision.edits, ...(canary === undefined ? [] : [canary.edit])],
    forwarded: filtered.forwarded,
    ...(problem === undefined ? {} : { problem }),
  }
}

/** What a request names that is not in it: addresses from which the provider fetches, and what the provider keeps. */
async function outsideProblem(
  exchange: Exchange,
  view: BodyView,
  gone: readonly Place[],
): Promise<Refused | undefined> {
  const unfetchable = fetchedProblem(view, exchange.ready.app.context, gone)
  if (unfetchable !== undefined || view.references === undefined) return unfetchable
  return strangeReference(exchange, view.references)
}
