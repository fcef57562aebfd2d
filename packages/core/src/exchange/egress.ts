import type { Within } from '../inspect/segments.ts'
import { placeWithin } from '../inspect/segments.ts'
import type { Body } from '../protocol/body.ts'
import type { Decision } from '../protocol/decision.ts'
import type { Detection } from '../protocol/finding.ts'
import type { Edit, Place } from '../protocol/place.ts'
import type { BodyView } from '../protocol/view.ts'
import { judgeCalls, nothingJudged } from '../tools/calls.ts'
import type { Exchange } from './exchange.ts'
import { inspectBody, placeBody } from './inspect-body.ts'
import { judged } from './judged.ts'
import type { Route } from './routes.ts'
import { withStaleCopies } from './stale-copies.ts'
import { vetCallIds } from './vet-names.ts'

export interface Judged {
  readonly decision: Decision
  readonly edits: readonly Edit[]
  /** A plugin failed whose `onError` is `refuse`, or a limit that the content caused was passed while a rule could act. */
  readonly refused: boolean
}

/** An answer, or one inside it: of a batch, or a piece of a file that was fetched. */
export interface Answered {
  readonly route: Route
  readonly body: Body
  readonly view: BodyView
  /** Where it stands in what came. Absent: it is what came. */
  readonly within?: Within
  /** What stands there is judged by itself. */
  readonly apart?: readonly Place[]
  readonly counts?: (detection: Detection) => boolean
}

/** Detection and policy over an answer, whole or accumulated: the same for both, so that the verdict is the same. */
export function judgeResponse(
  exchange: Exchange,
  body: Body,
  view: BodyView,
  forwarded: ReadonlySet<string>,
  /** Of texts that were judged where they stood first. */
  copies: readonly Place[] = [],
): Promise<Judged> {
  exchange.draft.toolCalls = view.toolCalls
  exchange.draft.usage = view.usage
  return judgeAnswer(exchange, { route: exchange.route, body, view, apart: copies }, forwarded)
}

/** `forwarded`: the names of the tools that were known to the model. */
export async function judgeAnswer(
  exchange: Exchange,
  { route, body, view, within, apart = [], counts }: Answered,
  forwarded: ReadonlySet<string>,
): Promise<Judged> {
  const { ready, draft } = exchange
  const context = within === undefined ? exchange.context : { ...exchange.context, operation: route.operation.name }
  const calls =
    view.toolCalls.length === 0 ? nothingJudged : await judgeCalls(view, forwarded, ready.app.toolFilters, context)
  draft.failed(calls.faults)

  const text = { body, view, declared: route.response, gone: apart, ...(within === undefined ? {} : { within }) }
  const { segments, complete } = placeBody(draft, 'egress', text)
  const inspection = await inspectBody(exchange, 'egress', segments, view, {
    context,
    counts,
    nested: within !== undefined,
  })
  await vetCallIds(exchange, view)
  const { overLimit } = inspection
  if (overLimit !== undefined) draft.missed('egress', overLimit.content, overLimit.reason)

  const subject = within === undefined ? exchange.subject() : exchange.subject(route.operation, view)
  const decision = judged(exchange, 'EGRESS', inspection.detections, calls.denials, segments, subject)
  const placed =
    within === undefined
      ? calls.edits
      : calls.edits.map((edit) => ({ ...edit, place: placeWithin(edit.place, within) }))
  return {
    decision,
    edits: withStaleCopies(view, [...placed, ...decision.edits], within),
    refused: calls.refused || inspection.refused || ((overLimit !== undefined || !complete) && ready.couldAct.EGRESS),
  }
}
